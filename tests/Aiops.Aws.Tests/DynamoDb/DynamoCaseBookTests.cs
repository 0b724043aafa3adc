using Aiops.Aws.DynamoDb;
using Aiops.Aws.DynamoDb.Cases;
using Aiops.Aws.Tests.Emulators;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;
using Aiops.PortTests.Intake;
using Aiops.PortTests.Running;

namespace Aiops.Aws.Tests.DynamoDb;

[NeedsEmulators]
public sealed class DynamoCaseBookTests(DynamoServer server) : IClassFixture<DynamoServer>, IAsyncLifetime
{
    private const string Scope = "111122223333";
    private string table = "";
    private DynamoCaseBook book = null!;

    public async Task InitializeAsync() => book = Open(table = await (new NeedsEmulatorsAttribute().ReasonToSkip is null ? server.NewTableAsync() : Task.FromResult("")));

    public Task DisposeAsync() => Task.CompletedTask;

    [PortFact]
    public async Task A_case_is_found_by_later_incidents_of_its_scope_and_never_by_itself()
    {
        await book.RecordAsync(Scope, Case("INC-1"), default);
        await book.RecordAsync("elsewhere", Case("INC-2"), default);
        (await CandidatesAsync("INC-3")).ShouldBe(["INC-1"]);
        (await CandidatesAsync("INC-1")).ShouldBeEmpty();
    }

    [PortFact]
    public async Task A_revoked_case_answers_nothing_from_the_next_comparison_on_and_a_new_review_brings_it_back()
    {
        await book.RecordAsync(Scope, Case("INC-1"), default);
        (await book.RevokeAsync(Scope, "INC-1", default))!.Version.ShouldBe(2);
        (await CandidatesAsync("INC-3")).ShouldBeEmpty();
        (await book.FindAsync(Scope, "INC-1", default))!.Status.ShouldBe(CaseStatus.Revoked);
        (await book.RecordAsync(Scope, Case("INC-1", "judged again"), default)).Version.ShouldBe(3);
        (await CandidatesAsync("INC-3")).ShouldBe(["INC-1"]);
        (await book.RevokeAsync(Scope, "INC-9", default)).ShouldBeNull();
    }

    [PortFact]
    public async Task Saying_the_same_again_is_no_new_version_and_a_correction_keeps_what_it_replaced()
    {
        (await book.RecordAsync(Scope, Case("INC-1", "the disk"), default)).Version.ShouldBe(1);
        (await book.RecordAsync(Scope, Case("INC-1", "the disk"), default)).Version.ShouldBe(1);
        (await book.RecordAsync(Scope, Case("INC-1", "the lock"), default)).Version.ShouldBe(2);
        var snapshot = await book.SnapshotAsync(Scope, default);
        snapshot.Records.ShouldHaveSingleItem().Case.Cause.ShouldBe("the lock");
        snapshot.Version.ShouldBe(2);
        List<string> earlier = [];
        await foreach (var item in server.Open(table, TimeProvider.System).QueryAsync(TableKeys.Cases(Scope), "EARLIER#", null, default))
        {
            earlier.Add(item["CaseStatus"].S);
        }

        earlier.ShouldBe(["Superseded"]);
    }

    [PortFact]
    public async Task Reviewers_at_the_same_time_each_make_a_version()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => Open(table).RecordAsync(Scope, Case("INC-1", $"said by {i}"), default))));
        (await book.FindAsync(Scope, "INC-1", default))!.Version.ShouldBe(12);
    }

    [PortFact]
    public async Task More_than_a_page_of_cases_is_read_whole()
    {
        var long40 = new string('x', 40_000);
        await Parallel.ForEachAsync(Enumerable.Range(0, 60), async (i, token) =>
            await book.RecordAsync(Scope, Case($"INC-{i}", string.Concat(Enumerable.Range(0, 4_000).Select(n => (char)('a' + ((n * (i + 7) * 31) % 26)))) + long40), token));
        (await CandidatesAsync("INC-x")).Count.ShouldBe(60);
    }

    [PortFact]
    public async Task What_a_review_teaches_is_what_the_pipeline_knew_of_the_incident()
    {
        MemoryDocuments documents = new();
        var incident = Incident("INC-1");
        DynamoCaseBook learned = new(server.Open(table, TimeProvider.System), new CaseMaker(documents, new OneIncident(incident)));
        await learned.WriteAsync(
            incident, new Outcome { IncidentId = "INC-1", Verdict = Verdict.Confirmed, Component = "orders-db", Reviewer = "kim", At = Alarms.Start }, 1, default);
        var past = (await book.FindAsync(Scope, "INC-1", default))!.Case;
        (past.Title, past.Component, past.OpenedAt).ShouldBe(("cart-5xx", "orders-db", Alarms.Start));
        past.Fingerprint.Components.ShouldBe(["cart"]);
    }

    internal static PastCase Case(string id, string cause = "the disk") => new(
        id, $"title of {id}", Alarms.Start, new IncidentFingerprint(IncidentKind.Errors, ["cart"], [], ["5xx"], []), cause, "orders-db", ["restart"]);

    internal static Incident Incident(string id) => new()
    {
        Id = id,
        Scope = Scope,
        Status = IncidentStatus.Open,
        Title = "cart-5xx",
        OpenedAt = Alarms.Start,
        LastEventAt = Alarms.Start,
        First = Alarms.Firing("cart"),
        Components = ["cart"],
    };

    private DynamoCaseBook Open(string name) => new(server.Open(name, TimeProvider.System), new CaseMaker(new MemoryDocuments(), new OneIncident(Incident("INC-0"))));

    private async Task<List<string>> CandidatesAsync(string id) => [.. (await book.CandidatesAsync(Incident(id), default)).Cases.Select(past => past.IncidentId)];

    internal sealed class OneIncident(Incident incident) : IIncidents
    {
        public Task<Incident> GetAsync(string id, CancellationToken cancellationToken) => Task.FromResult(incident);

        public Task<IReadOnlyList<Trigger>> MembersAsync(string id, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Trigger>>([incident.First]);
    }
}
