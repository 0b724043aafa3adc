using Aiops.Local.Documents;
using Aiops.Pipeline;
using Aiops.Pipeline.Review;
using Aiops.StateMachine.Definition;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Pipeline.Review;

public sealed class LateReviewTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Desk desk = new();
    private readonly Workflows workflows = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_review_goes_to_the_workflow_that_waits_for_it()
    {
        desk.Token = "token";
        (await TakeAsync(IncidentStatus.Open)).ShouldBe("workflow");
        workflows.Answered.ShouldBe(["token"]);
        workflows.Started.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_review_before_the_workflow_waits_is_left_for_it()
    {
        (await TakeAsync(IncidentStatus.Resolved)).ShouldBe("later");
        desk.Left.ShouldHaveSingleItem().Outcome!.Verdict.ShouldBe(Verdict.Confirmed);
        workflows.Started.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_review_after_the_end_runs_the_review_workflow_once_however_often_it_is_sent()
    {
        var documents = new FileDocumentStore(folder.File("documents"));
        await documents.PutAsync(DocumentKeys.Classification("INC-1", 2), "{}"u8.ToArray(), default);
        (await TakeAsync(IncidentStatus.Closed)).ShouldBe("review");
        (await TakeAsync(IncidentStatus.Closed)).ShouldBe("review");
        workflows.Started.Select(one => one.Name).Distinct().ShouldHaveSingleItem().ShouldStartWith("INC-1-review-");
        (await TakeAsync(IncidentStatus.Closed, cause: "another")).ShouldBe("review");
        workflows.Started.Select(one => one.Name).Distinct().Count().ShouldBe(2);
        workflows.Started[0].Input.ShouldStartWith("""{"incidentId":"INC-1","round":2,"review":{"signal":"reviewed","outcome":""");
        desk.Left.ShouldBeEmpty();
    }

    [Fact]
    public void The_review_workflow_asks_for_what_a_late_review_hands_it()
    {
        var file = File.ReadAllText(Path.Combine(TestPaths.Root, "cdk", "workflows", "review.asl.json"));
        StateMachineDefinition.Parse(file, new Dictionary<string, string> { ["LearnFunction"] = "Learn" }).FunctionNames.ShouldBe(["Learn"]);
        foreach (var member in (string[])["$.incidentId", "$.round", "$.review"])
        {
            file.ShouldContain($"\"{member}\"");
        }
    }

    [Fact]
    public async Task A_review_that_is_meant_again_is_learned_again()
    {
        await TakeAsync(IncidentStatus.Closed, at: DateTimeOffset.UnixEpoch);
        await TakeAsync(IncidentStatus.Closed, at: DateTimeOffset.UnixEpoch.AddSeconds(59));
        workflows.Started.Select(one => one.Name).Distinct().Count().ShouldBe(1);
        await TakeAsync(IncidentStatus.Closed, at: DateTimeOffset.UnixEpoch.AddSeconds(60));
        workflows.Started.Select(one => one.Name).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_review_that_crosses_the_closing_runs_the_review_workflow()
    {
        (await TakeAsync(IncidentStatus.Resolved, found: IncidentStatus.Closed)).ShouldBe("review");
        workflows.Started.ShouldHaveSingleItem();
        desk.Cleared.ShouldHaveSingleItem().Signal!.Signal.ShouldBe(ReviewSignalKind.Reviewed);
    }

    private Task<string> TakeAsync(IncidentStatus status, string? cause = null, DateTimeOffset? at = null, IncidentStatus? found = null)
    {
        var step = new ReviewStep(desk, workflows, NullLogger<ReviewStep>.Instance);
        var incident = OneIncident.Of("checkout", DateTimeOffset.UnixEpoch).Incident with { Id = "INC-1", Status = status };
        var outcome = new Outcome { IncidentId = "INC-1", Verdict = Verdict.Confirmed, Cause = cause, Reviewer = "ann", At = at ?? DateTimeOffset.UnixEpoch };
        var now = new OneIncident(incident with { Status = found ?? status });
        return new LateReview(step, desk, now, workflows, new FileDocumentStore(folder.File("documents"))).TakeAsync(incident, outcome, default);
    }

    private sealed class Desk : IReviewDesk
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

        public List<PendingReview> Cleared { get; } = [];

        public Task ClearAsync(PendingReview delivered, CancellationToken cancellationToken)
        {
            Cleared.Add(delivered);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<PendingReview>> DeliverableAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Workflows : IWorkflowCallbacks, IReviewWorkflowStarter
    {
        public List<string> Answered { get; } = [];

        public List<(string Name, string Input)> Started { get; } = [];

        public Task<bool> SendTaskSuccessAsync(string taskToken, string outputJson, CancellationToken cancellationToken)
        {
            Answered.Add(taskToken);
            return Task.FromResult(true);
        }

        public Task StartAsync(string name, string inputJson, CancellationToken cancellationToken)
        {
            Started.Add((name, inputJson));
            return Task.CompletedTask;
        }
    }
}
