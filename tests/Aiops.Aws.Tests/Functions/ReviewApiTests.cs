using Aiops.Functions.Review;
using Aiops.Functions.Running;
using Aiops.Local.Documents;
using Aiops.Pipeline;
using Aiops.Pipeline.Review;
using Aiops.PortTests.Intake;
using Amazon.Lambda.APIGatewayEvents;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Aws.Tests.Functions;

public sealed class ReviewApiTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("aiops-api-").FullName;
    private readonly IntakeBench bench = new();
    private readonly ReviewsInMemory reviews = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Incidents_are_listed_and_shown_with_alarms_and_comment()
    {
        var incident = await OpenAsync();
        await new FileDocumentStore(folder).PutAsync(DocumentKeys.Comment(incident.Id), "## What broke"u8.ToArray(), default);

        var listed = await ListAsync(null);
        listed.Status.ShouldBe(200);
        ((string?)listed.Body!.AsArray().ShouldHaveSingleItem()!["id"]).ShouldBe(incident.Id);
        (await ListAsync("open")).Body!.AsArray().Count.ShouldBe(1);
        (await ListAsync("closed")).Body!.AsArray().ShouldBeEmpty();

        var shown = HttpAnswer.Of(await Api().ShowIncident(incident.Id, new TestContext()));
        ((string?)shown.Body!["comment"]).ShouldBe("## What broke");
        ((string?)shown.Body["status"]).ShouldBe("open");
        ((bool)shown.Body["alarms"]!.AsArray().ShouldHaveSingleItem()!["firing"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_asked_wrongly_is_refused_with_what_would_be_right()
    {
        (await ListAsync("broken")).Status.ShouldBe(400);
        (await ListAsync("7")).Status.ShouldBe(400);
        HttpAnswer.Of(await Api().ShowIncident("INC-NONE", new TestContext())).Status.ShouldBe(404);
        (await ReviewAsync("INC-NONE", """{"verdict":"confirmed"}""")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_review_bears_the_name_that_the_authorizer_vouches_for()
    {
        var incident = await OpenAsync();
        reviews.Token = "token";
        var answer = await ReviewAsync(incident.Id, """{"verdict":"corrected","component":"orders-db","cause":"out of connections","helped":["pool"],"severity":"sev2","timeToMitigate":"00:38:00","reviewer":"mallory"}""");
        answer.Status.ShouldBe(202);
        ((string?)answer.Body!["delivered"]).ShouldBe("workflow");
        var outcome = reviews.Left.ShouldHaveSingleItem().Outcome!;
        (outcome.Verdict, outcome.Component, outcome.Cause, outcome.Reviewer, outcome.At)
            .ShouldBe((Verdict.Corrected, "orders-db", "out of connections", "arn:aws:iam::111122223333:user/ann", bench.Clock.GetUtcNow()));
        outcome.Helped.ShouldBe(["pool"]);
        (outcome.Severity, outcome.TimeToMitigate).ShouldBe((Severity.Sev2, TimeSpan.FromMinutes(38)));
    }

    [Fact]
    public async Task A_body_that_API_Gateway_sends_as_base64_is_read_as_it_was_sent()
    {
        var incident = await OpenAsync();
        var body = Convert.ToBase64String("""{"verdict":"confirmed"}"""u8);
        (await ReviewAsync(incident.Id, body, base64: true)).Status.ShouldBe(202);
    }

    [Fact]
    public async Task What_leaves_is_masked()
    {
        await bench.TakeAsync(Alarms.Firing("checkout") with { Title = "password=hunter2secret99 in the URL" });
        var incident = await bench.IncidentAsync();
        (await ListAsync(null)).Body!.ToJsonString().ShouldNotContain("hunter2secret99");
        HttpAnswer.Of(await Api().ShowIncident(incident.Id, new TestContext())).Body!.ToJsonString().ShouldNotContain("hunter2secret99");
    }

    [Fact]
    public async Task A_review_that_nobody_vouches_for_is_refused()
    {
        var incident = await OpenAsync();
        var answer = HttpAnswer.Of(await Api().ReviewIncident(incident.Id, new APIGatewayHttpApiV2ProxyRequest { Body = """{"verdict":"confirmed"}""" }, new TestContext()));
        answer.Status.ShouldBe(403);
        reviews.Left.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"verdict":"perhaps"}""")]
    [InlineData("""{"verdict":"resolved"}""")]
    [InlineData("""{"verdict":"corrected"}""")]
    [InlineData("""{"verdict":"confirmed","severity":"sev5"}""")]
    [InlineData("""{"verdict":"confirmed","severity":7}""")]
    [InlineData("""{"verdict":"confirmed","timeToMitigate":"-00:00:01"}""")]
    [InlineData("""{"verdict":"confirmed","timeToMitigate":"30.00:00:01"}""")]
    [InlineData("""{"verdict":"confirmed","timeToMitigate":"soon"}""")]
    public async Task A_review_that_says_nothing_is_refused(string body)
    {
        var incident = await OpenAsync();
        (await ReviewAsync(incident.Id, body)).Status.ShouldBe(400);
        reviews.Left.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(GivenReview.LongestCause, 202)]
    [InlineData(GivenReview.LongestCause + 1, 400)]
    public async Task A_cause_has_room_for_so_much_and_no_more(int length, int status)
    {
        var incident = await OpenAsync();
        (await ReviewAsync(incident.Id, $$"""{"verdict":"corrected","component":"db","cause":"{{new string('x', length)}}"}""")).Status.ShouldBe(status);
    }

    private async Task<Incident> OpenAsync()
    {
        await bench.TakeAsync(Alarms.Firing("checkout"));
        return await bench.IncidentAsync();
    }

    private async Task<HttpAnswer> ListAsync(string? status) => HttpAnswer.Of(await Api().ListIncidents(
        new APIGatewayHttpApiV2ProxyRequest { QueryStringParameters = status is null ? null! : new Dictionary<string, string> { ["status"] = status } }, new TestContext()));

    private async Task<HttpAnswer> ReviewAsync(string incidentId, string body, bool base64 = false) => HttpAnswer.Of(await Api().ReviewIncident(
        incidentId,
        new APIGatewayHttpApiV2ProxyRequest
        {
            Body = body,
            IsBase64Encoded = base64,
            RequestContext = new APIGatewayHttpApiV2ProxyRequest.ProxyRequestContext
            {
                Authorizer = new APIGatewayHttpApiV2ProxyRequest.AuthorizerDescription
                {
                    IAM = new APIGatewayHttpApiV2ProxyRequest.AuthorizerDescription.IAMDescription { UserARN = "arn:aws:iam::111122223333:user/ann" },
                },
            },
        },
        new TestContext()));

    private ReviewApi Api()
    {
        var documents = new FileDocumentStore(folder);
        var step = new ReviewStep(reviews, reviews, NullLogger<ReviewStep>.Instance);
        var run = new FunctionRun(new FunctionMetrics(new FunctionOutput(Stream.Null), "test", bench.Clock), TimeProvider.System);
        return new ReviewApi(run, bench.Store, documents, new LateReview(step, reviews, (IIncidents)bench.Store, reviews, documents), bench.Clock);
    }

    private sealed class ReviewsInMemory : IReviewDesk, IWorkflowCallbacks, IReviewWorkflowStarter
    {
        public string? Token { get; set; }

        public List<ReviewSignal> Left { get; } = [];

        public Task<PendingReview> LayDownAsync(string incidentId, string taskToken, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<PendingReview> LeaveAsync(string incidentId, ReviewSignal signal, CancellationToken cancellationToken)
        {
            Left.Add(signal);
            return Task.FromResult(new PendingReview(incidentId, Token, signal));
        }

        public Task<PendingReview?> FindAsync(string incidentId, CancellationToken cancellationToken)
            => Task.FromResult(Left.Count == 0 ? null : new PendingReview(incidentId, Token, Left[^1]));

        public Task WithdrawChangedAsync(string incidentId, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task ClearAsync(PendingReview delivered, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IReadOnlyList<PendingReview>> DeliverableAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> SendTaskSuccessAsync(string taskToken, string outputJson, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task StartAsync(string name, string inputJson, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
