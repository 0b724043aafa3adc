using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.PortTests.Running;

namespace Aiops.PortTests.Tickets;

/// <summary>What the built-in tickets must hold to on any host.</summary>
public abstract class TicketSystemTests : IAsyncLifetime
{
    private static readonly TicketContent Content = new("SEV2 checkout", "Customers can't pay.", Severity.Sev2);

    private IBuiltInTickets tickets = null!;

    /// <summary>The clock of every system that is opened.</summary>
    protected static DateTimeOffset Now { get; } = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync() => tickets = await OpenAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    /// <summary>The same tickets as another process would open them.</summary>
    protected abstract Task<IBuiltInTickets> OpenAsync();

    [PortFact]
    public async Task Opening_twice_gives_one_ticket_with_the_newest_title()
    {
        var first = await tickets.OpenAsync("INC-1", Content, None);
        var second = await tickets.OpenAsync("INC-1", Content with { Title = "SEV1 checkout", Severity = Severity.Sev1 }, None);
        second.ShouldBe(first);
        var ticket = (await tickets.ListAsync(None)).ShouldHaveSingleItem();
        (ticket.Title, ticket.Severity, ticket.State, ticket.OpenedAt).ShouldBe(("SEV1 checkout", Severity.Sev1, "open", Now));
        (ticket.Comment, ticket.CommentVersion).ShouldBe((null, 0));
    }

    [PortFact]
    public async Task Commenting_again_edits_the_comment_and_keeps_what_it_said()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        var first = await tickets.CommentAsync("INC-1", "one", None);
        var second = await tickets.CommentAsync("INC-1", "two", None);
        (first.Version, second.Version).ShouldBe((1, 2));
        second.Id.ShouldBe(first.Id);
        (await tickets.GetAsync("INC-1", None))!.Comment.ShouldBe("two");
        (await tickets.HistoryAsync("INC-1", None)).ShouldBe([new CommentVersion(1, Now, "one"), new CommentVersion(2, Now, "two")]);
    }

    [PortFact]
    public async Task Saying_the_same_again_is_no_new_version()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        await tickets.CommentAsync("INC-1", "one", None);
        (await tickets.CommentAsync("INC-1", "one", None)).Version.ShouldBe(1);
        (await tickets.HistoryAsync("INC-1", None)).Count.ShouldBe(1);
    }

    [PortFact]
    public async Task A_poster_that_died_before_it_recorded_its_post_finds_it_when_it_comes_back()
    {
        var before = await tickets.OpenAsync("INC-1", Content, None);
        var said = await tickets.CommentAsync("INC-1", "one", None); // … and here it dies: nobody kept these answers.

        var back = await OpenAsync();
        (await back.OpenAsync("INC-1", Content, None)).ShouldBe(before);
        (await back.CommentAsync("INC-1", "one", None)).ShouldBe(said);
        (await back.ListAsync(None)).Count.ShouldBe(1);
        (await back.HistoryAsync("INC-1", None)).Count.ShouldBe(1);
    }

    [PortFact]
    public async Task Posters_at_the_same_time_over_several_connections_leave_one_ticket_and_one_comment_a_key()
    {
        IBuiltInTickets[] posters = [tickets, await OpenAsync(), await OpenAsync()];
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(async () =>
        {
            var (poster, key) = (posters[i % 3], $"INC-{i % 5}");
            await poster.OpenAsync(key, Content, None);
            await poster.CommentAsync(key, $"said by {i}", None);
        })));

        var all = await tickets.ListAsync(None);
        all.Select(ticket => ticket.Key).Order().ShouldBe(["INC-0", "INC-1", "INC-2", "INC-3", "INC-4"]);
        all.Select(ticket => ticket.Id).Distinct().Count().ShouldBe(5);
        foreach (var ticket in all)
        {
            var history = await tickets.HistoryAsync(ticket.Key, None);
            history.Select(version => version.Version).ShouldBe(Enumerable.Range(1, 12));
            history.Select(version => version.Markdown).Distinct().Count().ShouldBe(12);
            (ticket.CommentVersion, ticket.Comment).ShouldBe((12, history[^1].Markdown));
        }
    }

    [PortFact]
    public async Task A_comment_without_a_ticket_is_our_own_mistake()
    {
        await Should.ThrowAsync<KeyNotFoundException>(() => tickets.CommentAsync("INC-9", "one", None));
        (await tickets.GetAsync("INC-9", None)).ShouldBeNull();
        (await tickets.HistoryAsync("INC-9", None)).ShouldBeEmpty();
    }

    [PortFact]
    public async Task A_ticket_moves_and_moves_back()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        foreach (var state in new[] { TicketState.Resolved, TicketState.Open, TicketState.Closed })
        {
            await tickets.MoveAsync("INC-1", state, None);
            (await tickets.GetAsync("INC-1", None))!.State.ShouldBe(state.ToString().ToLowerInvariant());
        }
    }

    [PortFact]
    public async Task Text_of_any_kind_comes_back_as_it_went()
    {
        const string text = "'; DROP TABLE tickets; -- \u0000 \ud83d\ude00 {{x}}\r\n";
        await tickets.OpenAsync(text, Content with { Title = text }, None);
        await tickets.CommentAsync(text, text, None);
        var ticket = (await tickets.GetAsync(text, None)).ShouldNotBeNull();
        (ticket.Key, ticket.Title, ticket.Comment).ShouldBe((text, text, text));
    }
}
