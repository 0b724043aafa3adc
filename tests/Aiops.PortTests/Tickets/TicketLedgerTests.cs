using Aiops.Pipeline.Comment;
using Aiops.PortTests.Running;

namespace Aiops.PortTests.Tickets;

/// <summary>What any ledger of foreign tickets must hold to.</summary>
public abstract class TicketLedgerTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private ITicketLedger ledger = null!;

    /// <summary>The clock of every ledger that is opened.</summary>
    protected ManualTimeProvider Clock { get; } = new();

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync() => ledger = await OpenAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    /// <summary>The same ledger as another process would open it.</summary>
    protected abstract Task<ITicketLedger> OpenAsync();

    [PortFact]
    public async Task While_one_holds_the_lease_nobody_else_gets_it()
    {
        var held = (await ledger.TakeAsync("Jira", "INC-1", Minute, None)).ShouldNotBeNull();
        held.EndsAt.ShouldBe(Clock.GetUtcNow() + Minute);
        (await (await OpenAsync()).TakeAsync("Jira", "INC-1", Minute, None)).ShouldBeNull();
        (await ledger.TakeAsync("Jira", "INC-2", Minute, None)).ShouldNotBeNull();
        (await ledger.TakeAsync("GitHub", "INC-1", Minute, None)).ShouldNotBeNull();
    }

    [PortFact]
    public async Task What_was_saved_is_there_for_the_next_holder_and_without_a_lease()
    {
        var entry = new TicketEntry("Jira", "INC-1")
        {
            TicketId = "10012",
            TicketLabel = "OPS-12",
            TicketUrl = "https://tickets/OPS-12",
            ContentDigest = "aa",
            CommentId = "7",
            CommentVersion = 2,
            CommentDigest = "bb",
            State = TicketState.Resolved,
            Linked = ["INC-0"],
            AttachmentDigest = "cc",
            RepliesReadTo = "8",
            UnansweredSince = Clock.GetUtcNow(),
        };
        var lease = (await ledger.TakeAsync("Jira", "INC-1", Minute, None))!;
        lease.Entry.ShouldBeEquivalentTo(new TicketEntry("Jira", "INC-1"));
        (await ledger.SaveAsync(lease with { Entry = entry }, None)).ShouldBeTrue();
        await ledger.ReleaseAsync(lease, None);

        var saved = entry with { SavedAt = Clock.GetUtcNow() };
        var back = await OpenAsync();
        Comparable(await back.FindAsync("Jira", "INC-1", None)).ShouldBe(Comparable(saved));
        Comparable((await back.TakeAsync("Jira", "INC-1", Minute, None))!.Entry).ShouldBe(Comparable(saved));
        (await back.FindAsync("GitHub", "INC-1", None)).ShouldBeNull();
    }

    [PortFact]
    public async Task A_lease_of_somebody_who_died_ends_by_the_clock_to_the_moment()
    {
        await ledger.TakeAsync("Jira", "INC-1", Minute, None);
        Clock.Advance(Minute - TimeSpan.FromMilliseconds(1));
        (await ledger.TakeAsync("Jira", "INC-1", Minute, None)).ShouldBeNull();
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await ledger.TakeAsync("Jira", "INC-1", Minute, None)).ShouldNotBeNull();
    }

    [PortFact]
    public async Task Whoever_lost_the_lease_saves_nothing_and_releases_nobody_elses()
    {
        var first = (await ledger.TakeAsync("Jira", "INC-1", Minute, None))!;
        Clock.Advance(Minute);
        var second = (await ledger.TakeAsync("Jira", "INC-1", Minute, None))!;
        (await ledger.SaveAsync(first with { Entry = first.Entry with { TicketId = "late" } }, None)).ShouldBeFalse();
        (await ledger.FindAsync("Jira", "INC-1", None)).ShouldBeNull();
        await ledger.ReleaseAsync(first, None);
        (await ledger.TakeAsync("Jira", "INC-1", Minute, None)).ShouldBeNull();
        (await ledger.SaveAsync(second with { Entry = second.Entry with { TicketId = "1" } }, None)).ShouldBeTrue();
        (await ledger.FindAsync("Jira", "INC-1", None))!.TicketId.ShouldBe("1");
    }

    [PortFact]
    public async Task A_lease_that_ended_and_that_nobody_took_still_saves()
    {
        var lease = (await ledger.TakeAsync("Jira", "INC-1", Minute, None))!;
        Clock.Advance(Minute * 2);
        (await ledger.SaveAsync(lease, None)).ShouldBeTrue();
    }

    [PortFact]
    public async Task A_released_lease_can_be_taken_at_once_and_saves_no_more()
    {
        var lease = (await ledger.TakeAsync("Jira", "INC-1", Minute, None))!;
        await ledger.ReleaseAsync(lease, None);
        await ledger.ReleaseAsync(lease, None);
        (await ledger.SaveAsync(lease, None)).ShouldBeFalse();
        (await ledger.TakeAsync("Jira", "INC-1", Minute, None)).ShouldNotBeNull();
    }

    [PortFact]
    public async Task The_list_has_a_system_s_entries_newest_first_and_no_more_than_asked()
    {
        foreach (var key in new[] { "INC-1", "INC-2", "INC-3", "INC-1" })
        {
            await SaveAsync("Jira", key);
        }

        await SaveAsync("GitHub", "INC-9");
        await ledger.TakeAsync("Jira", "INC-4", Minute, None); // Nothing was saved of it.
        (await ledger.ListAsync("Jira", 10, None)).Select(entry => entry.Key).ShouldBe(["INC-1", "INC-3", "INC-2"]);
        (await ledger.ListAsync("Jira", 2, None)).Select(entry => entry.Key).ShouldBe(["INC-1", "INC-3"]);
        (await ledger.ListAsync("ServiceNow", 10, None)).ShouldBeEmpty();
    }

    [PortFact]
    public async Task Of_many_who_ask_at_once_over_several_connections_one_gets_the_lease()
    {
        ITicketLedger[] ledgers = [ledger, await OpenAsync(), await OpenAsync()];
        for (var round = 0; round < 5; round++)
        {
            var key = $"INC-{round}";
            var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => ledgers[i % 3].TakeAsync("Jira", key, Minute, None))));
            taken.Count(lease => lease is not null).ShouldBe(1);
        }
    }

    private async Task SaveAsync(string system, string key)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        var lease = (await ledger.TakeAsync(system, key, Minute, None))!;
        (await ledger.SaveAsync(lease, None)).ShouldBeTrue();
        await ledger.ReleaseAsync(lease, None);
    }

    // Lists compare by reference in a record.
    private static (TicketEntry, string)? Comparable(TicketEntry? entry) => entry is null ? null : (entry with { Linked = Array.Empty<string>() }, string.Join(',', entry.Linked));
}
