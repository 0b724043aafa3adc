using System.Text;
using System.Text.Json.Nodes;
using Aiops.Aws.DynamoDb;
using Aiops.Aws.DynamoDb.Cases;
using Aiops.Aws.Knowledge;
using Aiops.Aws.Tests.Emulators;
using Aiops.Aws.Tests.Wire.Peer;
using Aiops.Pipeline;
using Aiops.Pipeline.Learn;
using Aiops.PortTests.Cases;
using Aiops.PortTests.Intake;
using Aiops.PortTests.Running;
using Amazon.BedrockAgentRuntime;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Aws.Tests.Knowledge;

/// <summary>The knowledge base proposes; the record of cases decides.</summary>
[NeedsEmulators]
public sealed class KnowledgeBaseTests(DynamoServer server) : IClassFixture<DynamoServer>, IAsyncLifetime
{
    private const string Scope = "111122223333";
    private const string Retrieve = "POST /knowledgebases/KB1/retrieve";
    private const string Ingest = "PUT /knowledgebases/KB1/datasources/DS1/ingestionjobs/";

    private readonly KnowledgeOptions options = new() { KnowledgeBaseId = "KB1", DataSourceId = "DS1", Patience = TimeSpan.FromSeconds(30), MostNearest = 1 };
    private readonly MemoryDocuments bucket = new();
    private AwsPeer peer = null!;
    private DynamoTable table = null!;
    private DynamoCaseBook book = null!;

    public async Task InitializeAsync()
    {
        peer = await AwsPeer.StartAsync();
        if (new NeedsEmulatorsAttribute().ReasonToSkip is null)
        {
            var incidents = new CaseBookTests.OneIncident(CaseBookTests.Incident("INC-1"));
            table = server.Open(await server.NewTableAsync(), TimeProvider.System);
            book = new DynamoCaseBook(table, new CaseMaker(new MemoryDocuments(), incidents));
        }
    }

    public async Task DisposeAsync() => await peer.DisposeAsync();

    [PortFact]
    public async Task It_is_asked_for_current_cases_of_the_incidents_scope_and_told_no_secrets()
    {
        peer.On(Retrieve, Proposing());
        var incident = CaseBookTests.Incident("INC-9") with { Title = "cart fails with password=hunter2-Zq9xK1" };
        await Candidates().CandidatesAsync(incident, default);
        var asked = JsonNode.Parse(Encoding.UTF8.GetString(peer.CallsOf(Retrieve).ShouldHaveSingleItem().Body))!;
        var filters = asked["retrievalConfiguration"]!["vectorSearchConfiguration"]!["filter"]!["andAll"]!.AsArray();
        filters.Select(filter => $"{filter!["equals"]!["key"]}={filter["equals"]!["value"]}").ShouldBe([$"scope={Scope}", "kind=case", "status=current"]);
        var query = asked["retrievalQuery"]!["text"]!.GetValue<string>();
        query.ShouldContain("cart");
        query.ShouldNotContain("hunter2");
    }

    [PortFact]
    public async Task What_it_proposes_is_used_only_as_its_record_stands_now()
    {
        await book.RecordAsync(Scope, CaseBookTests.Case("INC-0") with { OpenedAt = Alarms.Start.AddDays(1) }, CaseBookTests.By("ann"), default);
        await book.RecordAsync(Scope, CaseBookTests.Case("INC-1"), CaseBookTests.By("ann"), default);
        await book.RecordAsync(Scope, CaseBookTests.Case("INC-2"), CaseBookTests.By("ann"), default);
        await book.RevokeAsync(Scope, "INC-2", CaseBookTests.By("bob", ChangeOrigin.Revocation), default);
        await book.RecordAsync("elsewhere", CaseBookTests.Case("INC-3"), CaseBookTests.By("ann"), default);
        peer.On(Retrieve, Proposing("INC-1", "INC-2", "INC-3", "INC-4", "INC-9"));
        var found = await Candidates().CandidatesAsync(CaseBookTests.Incident("INC-9"), default);
        found.Cases.Select(past => past.IncidentId).ShouldBe(
            ["INC-0", "INC-1"], "one is the nearest, one is proposed; revoked, of another scope, unknown and the incident itself don't answer");
        found.Gaps.ShouldBeEmpty();
    }

    [PortFact]
    public async Task The_nearest_cases_need_no_proposal_and_those_beyond_them_do()
    {
        var alike = CaseBookTests.Case("INC-1");
        await book.RecordAsync(Scope, alike, CaseBookTests.By("ann"), default);
        await book.RecordAsync(Scope, CaseBookTests.Case("INC-2") with
        {
            OpenedAt = Alarms.Start.AddDays(1),
            Fingerprint = alike.Fingerprint with { Components = ["billing"] },
        }, CaseBookTests.By("ann"), default);
        peer.On(Retrieve, Proposing());
        (await NearestAsync()).ShouldHaveSingleItem("the same service, though older").ShouldBe("INC-1");
        peer.On(Retrieve, Proposing("INC-2"));
        (await NearestAsync()).ShouldBe(["INC-1", "INC-2"]);
        peer.On(Retrieve, PeerAnswer.Error("ThrottlingException", "not now", 429)); // Then all are compared.
        (await NearestAsync()).Order(StringComparer.Ordinal).ShouldBe(["INC-1", "INC-2"]);

        async Task<List<string>> NearestAsync() => [.. (await Candidates().CandidatesAsync(CaseBookTests.Incident("INC-9"), default)).Cases.Select(past => past.IncidentId)];
    }

    [PortTheory]
    [InlineData("ThrottlingException", 429)]
    [InlineData("AccessDeniedException", 403)]
    [InlineData("InternalServerException", 500)]
    public async Task When_it_fails_the_other_cases_are_there_and_the_gap_is_named(string code, int status)
    {
        await book.RecordAsync(Scope, CaseBookTests.Case("INC-1"), CaseBookTests.By("ann"), default);
        peer.On(Retrieve, PeerAnswer.Error(code, "not now", status));
        var found = await Candidates().CandidatesAsync(CaseBookTests.Incident("INC-9"), default);
        found.Cases.ShouldHaveSingleItem();
        found.Gaps.ShouldHaveSingleItem().ShouldStartWith("the knowledge base proposed nothing");
    }

    [PortFact]
    public async Task When_it_does_not_answer_it_is_not_waited_for()
    {
        peer.On(Retrieve, PeerAnswer.Silence);
        var found = await Candidates(TimeSpan.FromSeconds(1)).CandidatesAsync(CaseBookTests.Incident("INC-9"), default);
        found.Gaps.ShouldHaveSingleItem().ShouldBe("the knowledge base proposed nothing (no answer within 1 s)");
    }

    [PortFact]
    public async Task A_new_case_goes_into_the_bucket_with_its_metadata_and_one_job_takes_it_in()
    {
        peer.On(Ingest, """{"ingestionJob":{"ingestionJobId":"J1","knowledgeBaseId":"KB1","dataSourceId":"DS1","status":"STARTING","startedAt":"2026-03-14T10:00:00Z","updatedAt":"2026-03-14T10:00:00Z"}}""");
        var knowledge = Book();
        await knowledge.WriteAsync(CaseBookTests.Incident("INC-1"), Review("the disk; its key is AKIAIOSFODNN7EXAMPLE"), 1, default);
        await knowledge.WriteAsync(CaseBookTests.Incident("INC-1"), Review("the disk; its key is AKIAIOSFODNN7EXAMPLE"), 1, default);

        bucket.Keys.Order(StringComparer.Ordinal).ShouldBe(["cases/INC-1.md", "cases/INC-1.md.metadata.json"]);
        var text = Encoding.UTF8.GetString((await bucket.GetAsync("cases/INC-1.md", default))!);
        text.ShouldStartWith("# cart-5xx");
        text.ShouldContain("the disk");
        text.ShouldNotContain("AKIAIOSFODNN7EXAMPLE");
        var attributes = JsonNode.Parse((await bucket.GetAsync("cases/INC-1.md.metadata.json", default))!)!["metadataAttributes"]!;
        attributes.ToJsonString().ShouldBe($$"""{"scope":"{{Scope}}","kind":"case","incidentId":"INC-1","status":"current","version":1}""");
        peer.CallsOf(Ingest).Select(call => JsonNode.Parse(call.Body)!["clientToken"]!.GetValue<string>()).Distinct()
            .ShouldHaveSingleItem().Length.ShouldBe(64, "the same one starts one job");
    }

    [PortFact]
    public async Task A_revoked_case_says_so_to_the_knowledge_base_as_well()
    {
        peer.On(Ingest, PeerAnswer.Error("ConflictException", "a job is running", 409));
        var knowledge = Book();
        await knowledge.WriteAsync(CaseBookTests.Incident("INC-1"), Review("the disk"), 1, default);
        await knowledge.RevokeAsync(Scope, "INC-1", CaseBookTests.By("bob", ChangeOrigin.Revocation), default);
        Encoding.UTF8.GetString((await bucket.GetAsync("cases/INC-1.md.metadata.json", default))!).ShouldContain("\"status\":\"revoked\"");
        (await book.FindAsync(Scope, "INC-1", default))!.Status.ShouldBe(CaseStatus.Revoked);
    }

    [PortTheory]
    [InlineData("ConflictException", 409)]
    [InlineData("AccessDeniedException", 403)]
    public async Task A_job_that_was_refused_is_started_later_and_once(string code, int status)
    {
        var knowledge = Book();
        (await knowledge.IngestWaitingAsync(default)).ShouldBeFalse("nothing waits");
        peer.CallsOf(Ingest).ShouldBeEmpty();
        peer.On(Ingest, PeerAnswer.Error(code, "not now", status));
        await knowledge.WriteAsync(CaseBookTests.Incident("INC-1"), Review("the disk"), 1, default);
        (await knowledge.IngestWaitingAsync(default)).ShouldBeFalse("still refused");
        peer.On(Ingest, """{"ingestionJob":{"ingestionJobId":"J1","knowledgeBaseId":"KB1","dataSourceId":"DS1","status":"STARTING","startedAt":"2026-03-14T10:00:00Z","updatedAt":"2026-03-14T10:00:00Z"}}""");
        (await Book().IngestWaitingAsync(default)).ShouldBeTrue("another process sees it too");
        var started = peer.CallsOf(Ingest).Count;
        (await Book().IngestWaitingAsync(default)).ShouldBeFalse();
        peer.CallsOf(Ingest).Count.ShouldBe(started);
    }

    [PortFact]
    public async Task A_case_is_recorded_though_nothing_takes_it_in()
    {
        peer.On(Ingest, PeerAnswer.Error("AccessDeniedException", "no", 403));
        await Book().WriteAsync(CaseBookTests.Incident("INC-1"), Review("the disk"), 1, default);
        (await book.FindAsync(Scope, "INC-1", default)).ShouldNotBeNull();
    }

    private KnowledgeBaseCandidates Candidates(TimeSpan? patience = null)
    {
        AmazonBedrockAgentRuntimeConfig config = new() { ServiceURL = peer.Address.ToString(), AuthenticationRegion = AwsPeer.Region, MaxErrorRetry = 0 };
        return new(book, new AmazonBedrockAgentRuntimeClient(peer.Options.Credentials, config), options with { Patience = patience ?? options.Patience }, TimeProvider.System);
    }

    private KnowledgeCaseBook Book() => new(book, table, bucket, peer.Client(), options, NullLogger<KnowledgeCaseBook>.Instance);

    private static Outcome Review(string cause) => new()
    {
        IncidentId = "INC-1",
        Verdict = Verdict.Corrected,
        Component = "orders-db",
        Cause = cause,
        Reviewer = "kim",
        At = Alarms.Start,
    };

    private static string Proposing(params string[] ids) => new JsonObject
    {
        ["retrievalResults"] = new JsonArray([.. ids.Select(id => (JsonNode)new JsonObject
        {
            ["content"] = new JsonObject { ["type"] = "TEXT", ["text"] = "as it was when it was ingested" },
            ["score"] = 0.5,
            ["metadata"] = new JsonObject { ["incidentId"] = id, ["scope"] = Scope },
        })]),
    }.ToJsonString();
}
