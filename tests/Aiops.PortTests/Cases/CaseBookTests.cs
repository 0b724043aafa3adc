using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;
using Aiops.PortTests.Intake;
using Aiops.PortTests.Running;

namespace Aiops.PortTests.Cases;

/// <summary>What any case book must hold to.</summary>
public abstract class CaseBookTests : IAsyncLifetime
{
    protected const string Scope = "111122223333";

    private ICaseBook book = null!;

    private static CancellationToken None => CancellationToken.None;

    /// <summary>How many writers the test of many writers has: a thousand, less only where a test server can't take them in reasonable time.</summary>
    protected virtual int Writers => 1_000;

    public async Task InitializeAsync() => book = await NewBookAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    /// <summary>An empty book, whose incidents are <see cref="Incident"/>.</summary>
    protected abstract Task<ICaseBook> NewBookAsync();

    [PortFact]
    public async Task A_case_is_found_by_later_incidents_of_its_scope_and_never_by_itself()
    {
        await book.RecordAsync(Scope, Case("INC-1"), By("ann"), None);
        await book.RecordAsync("elsewhere", Case("INC-2"), By("ann"), None);
        (await CandidatesAsync("INC-3")).ShouldBe(["INC-1"]);
        (await CandidatesAsync("INC-1")).ShouldBeEmpty();
    }

    [PortFact]
    public async Task A_revoked_case_answers_nothing_from_the_next_comparison_on_and_a_new_review_brings_it_back()
    {
        await book.RecordAsync(Scope, Case("INC-1"), By("ann"), None);
        (await book.RevokeAsync(Scope, "INC-1", By("bob", ChangeOrigin.Revocation), None))!.Version.ShouldBe(2);
        (await book.RevokeAsync(Scope, "INC-1", By("cas", ChangeOrigin.Revocation), None))!.Version.ShouldBe(2, "it is taken back already");
        (await CandidatesAsync("INC-3")).ShouldBeEmpty();
        (await book.SnapshotAsync(Scope, None)).Current.ShouldBeEmpty();
        (await book.FindAsync(Scope, "INC-1", None))!.Status.ShouldBe(CaseStatus.Revoked);
        (await book.RecordAsync(Scope, Case("INC-1"), By("ann"), None)).Version.ShouldBe(3);
        (await CandidatesAsync("INC-3")).ShouldBe(["INC-1"]);
        (await book.RevokeAsync(Scope, "INC-9", By("bob", ChangeOrigin.Revocation), None)).ShouldBeNull();
    }

    [PortFact]
    public async Task Saying_the_same_again_is_no_new_version_and_a_correction_keeps_what_it_replaced()
    {
        (await book.RecordAsync(Scope, Case("INC-1", "the disk"), By("ann"), None)).Version.ShouldBe(1);
        (await book.RecordAsync(Scope, Case("INC-1", "the disk"), By("bob"), None)).Version.ShouldBe(1);
        (await book.RecordAsync(Scope, Case("INC-1", "the lock"), By("cas"), None)).Version.ShouldBe(2);
        var history = await book.HistoryAsync(Scope, "INC-1", None);
        history.Select(one => (one.Version, one.Status, one.Case.Cause, one.Change!.By)).ShouldBe(
            [(1, CaseStatus.Superseded, "the disk", "ann"), (2, CaseStatus.Current, "the lock", "cas")]);
        (await book.SnapshotAsync(Scope, None)).Records.ShouldHaveSingleItem().Case.Cause.ShouldBe("the lock");
        (await book.HistoryAsync(Scope, "INC-9", None)).ShouldBeEmpty();
    }

    [PortFact]
    public async Task A_revision_edits_what_stands_and_brings_nothing_back_that_was_taken_back()
    {
        (await book.ReviseAsync(Scope, "INC-1", past => past, By("ann", ChangeOrigin.Revision), None)).ShouldBeNull();
        await book.RecordAsync(Scope, Case("INC-1"), By("ann"), None);
        var revised = (await book.ReviseAsync(Scope, "INC-1", past => past with { IncidentId = "INC-2", Component = "lock" }, By("bob", ChangeOrigin.Revision), None))!;
        (revised.Case.IncidentId, revised.Case.Component, revised.Case.Cause, revised.Version).ShouldBe(("INC-1", "lock", "the disk", 2));
        revised.Change.ShouldBe(By("bob", ChangeOrigin.Revision));
        await book.RevokeAsync(Scope, "INC-1", By("cas", ChangeOrigin.Revocation), None);
        (await book.ReviseAsync(Scope, "INC-1", past => past with { Cause = "x" }, By("bob", ChangeOrigin.Revision), None))!.Status.ShouldBe(CaseStatus.Revoked);
        (await CandidatesAsync("INC-3")).ShouldBeEmpty();
    }

    [PortFact]
    public async Task Ids_that_begin_alike_keep_their_histories_apart()
    {
        foreach (var (id, times) in new[] { ("INC-1", 3), ("INC-1#2", 2), ("INC-1#000000001", 2), ("INC-10", 1) })
        {
            for (var time = 0; time < times; time++)
            {
                await book.RecordAsync(Scope, Case(id, $"{id} {time}"), By("ann"), None);
            }

            (await book.HistoryAsync(Scope, id, None)).Select(one => one.Case.Cause).ShouldBe(Enumerable.Range(0, times).Select(time => $"{id} {time}"));
        }

        (await book.HistoryAsync(Scope, "INC-1", None)).Count.ShouldBe(3);
    }

    [PortFact]
    public async Task The_version_of_a_snapshot_moves_with_each_change_and_with_nothing_else()
    {
        (await book.VersionAsync(Scope, None)).ShouldBe(0);
        await book.RecordAsync(Scope, Case("INC-1"), By("ann"), None);
        var one = await book.VersionAsync(Scope, None);
        await book.RecordAsync(Scope, Case("INC-1"), By("ann"), None);
        await book.RecordAsync("elsewhere", Case("INC-1"), By("ann"), None);
        (await book.VersionAsync(Scope, None)).ShouldBe(one);
        await book.RevokeAsync(Scope, "INC-1", By("bob", ChangeOrigin.Revocation), None);
        (await book.VersionAsync(Scope, None)).ShouldBeGreaterThan(one);
        (await book.SnapshotAsync(Scope, None)).Version.ShouldBe(await book.VersionAsync(Scope, None));
    }

    [PortFact]
    public async Task A_snapshot_is_in_the_order_of_the_ids()
    {
        string[] ids = ["INC-b", "INC-B", "INC-10", "INC-9", "INC-é"];
        await book.RecordAsync(Scope, [.. ids.Select(id => Case(id))], By("ann"), None);
        (await book.SnapshotAsync(Scope, None)).Records.Select(one => one.Case.IncidentId).ShouldBe(["INC-10", "INC-9", "INC-B", "INC-b", "INC-é"]);
    }

    [PortFact]
    public async Task All_of_a_case_is_read_back()
    {
        var said = Case("INC-1") with
        {
            Verdict = Verdict.Rejected,
            Named = "cart",
            Reviewer = "kim",
            ReviewedAt = Alarms.Start.AddMinutes(5),
            Round = 3,
            Ticket = "https://tickets.example/7",
            Severity = Severity.Sev2,
            TimeToMitigate = TimeSpan.FromMinutes(12),
            Fingerprint = Case("INC-1").Fingerprint with
            {
                Changes = ["deployment"],
                Shape = ["a>b"],
                Suspects = [new SuspectSignature("cart", "AWS::Lambda::Function", ["metric:errors:up"], 0.75)],
            },
        };
        await book.RecordAsync(Scope, said, By("ann"), None);
        CaseJson.Same((await book.FindAsync(Scope, "INC-1", None))!.Case, said).ShouldBeTrue();
    }

    [PortFact]
    public async Task Of_many_reviews_edits_and_revocations_at_the_same_time_none_is_lost_or_doubled()
    {
        const int Incidents = 50;
        await book.RecordAsync(Scope, [.. Enumerable.Range(0, Incidents).Select(i => Case($"INC-{i}", ""))], By("start"), None);
        var before = await book.VersionAsync(Scope, None);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Run(async () =>
        {
            var id = $"INC-{i % Incidents}";
            switch (i / Incidents % 3)
            {
                case 0:
                    await book.RecordAsync(Scope, Case(id, $"said by {i}"), By($"{i}"), None);
                    break;
                case 1: // Built upon what stands: had two read the same, one of them would be gone.
                    await book.ReviseAsync(Scope, id, past => past with { Helped = [.. past.Helped ?? [], $"{i}"] }, By($"{i}", ChangeOrigin.Revision), None);
                    break;
                default: // A second revocation of the same one changes nothing, so each takes back one of its own.
                    await book.RecordAsync(Scope, Case($"INC-own-{i}"), By($"{i}"), None);
                    await book.RevokeAsync(Scope, $"INC-own-{i}", By($"{i} too", ChangeOrigin.Revocation), None);
                    break;
            }
        })));

        List<string> made = [];
        foreach (var record in (await book.SnapshotAsync(Scope, None)).Records)
        {
            var history = await book.HistoryAsync(Scope, record.Case.IncidentId, None);
            history.Select(one => one.Version).ShouldBe(Enumerable.Range(1, history.Count).Select(version => (long)version));
            made.AddRange(history.Select(one => one.Change!.By).Where(by => by != "start"));
            foreach (var (earlier, later) in history.Zip(history.Skip(1)).Where(pair => pair.Second.Change!.Origin == ChangeOrigin.Revision))
            {
                later.Case.Helped.ShouldBe([.. earlier.Case.Helped ?? [], later.Change!.By], "an edit is of the version before it");
            }
        }

        var revocations = Enumerable.Range(0, Writers).Where(i => i / Incidents % 3 == 2).ToList();
        made.Order(StringComparer.Ordinal).ShouldBe(
            Enumerable.Range(0, Writers).Select(i => $"{i}").Concat(revocations.Select(i => $"{i} too")).Order(StringComparer.Ordinal));
        (await book.VersionAsync(Scope, None)).ShouldBe(before + Writers + revocations.Count);
    }

    [PortFact]
    public async Task What_a_review_teaches_is_what_the_pipeline_knew_of_the_incident()
    {
        Outcome outcome = new() { IncidentId = "INC-0", Verdict = Verdict.Confirmed, Component = "orders-db", Reviewer = "kim", At = Alarms.Start };
        var written = await book.WriteAsync(Incident("INC-0"), outcome, 1, None);
        (written.Case.Title, written.Case.Component, written.Case.OpenedAt, written.Case.Reviewer).ShouldBe(("cart-5xx", "orders-db", Alarms.Start, "kim"));
        written.Case.Fingerprint.Components.ShouldBe(["cart"]);
        written.Change.ShouldBe(By("kim"));
        (await book.WriteAsync(Incident("INC-0"), outcome, 1, None)).Version.ShouldBe(1, "the stage may be retried");
    }

    public static PastCase Case(string id, string cause = "the disk") => new(
        id, $"title of {id}", Alarms.Start, new IncidentFingerprint(IncidentKind.Errors, ["cart"], [], ["5xx"], []), cause, "orders-db", ["restart"]);

    public static Incident Incident(string id) => new()
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

    public static KnowledgeChange By(string who, ChangeOrigin origin = ChangeOrigin.Review) => new(origin, who, Alarms.Start);

    private async Task<List<string>> CandidatesAsync(string id)
        => [.. (await ((IPastIncidents)book).CandidatesAsync(Incident(id), None)).Cases.Select(past => past.IncidentId)];

    /// <summary>The one incident that a book's cases may be made of.</summary>
    public sealed class OneIncident(Incident incident) : IIncidents
    {
        public Task<Incident> GetAsync(string id, CancellationToken cancellationToken) => Task.FromResult(incident);

        public Task<IReadOnlyList<Trigger>> MembersAsync(string id, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Trigger>>([incident.First]);
    }
}
