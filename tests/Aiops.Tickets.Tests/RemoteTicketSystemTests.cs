using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.PortTests;
using Aiops.PortTests.Tickets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tickets.Tests;

/// <summary>The lease, the ledger and the looking before creating, over a system whose search lags by a minute.</summary>
public sealed class RemoteTicketSystemTests
{
    private static readonly TicketContent Content = new("SEV2 checkout", "Customers can't pay.", Severity.Sev2);
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider clock = new();
    private readonly InMemoryTicketLedger ledger;
    private readonly DocumentsInMemory documents = new();
    private readonly FakeTicketApi api;
    private readonly RemoteTicketSystem tickets;

    public RemoteTicketSystemTests()
    {
        ledger = new InMemoryTicketLedger(clock);
        api = new FakeTicketApi(clock) { FindLag = Lag };
        tickets = Over(ledger);
    }

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task The_same_again_asks_nothing_of_the_system()
    {
        await OpenAndCommentAsync("one");
        await tickets.MoveAsync("INC-1", TicketState.Resolved, None);
        await tickets.AttachAsync("INC-1", new TicketAttachment("report.html", "text/html", new byte[] { 1 }), None);
        var asked = api.Asked.Count;
        await OpenAndCommentAsync("one");
        await tickets.MoveAsync("INC-1", TicketState.Resolved, None);
        await tickets.AttachAsync("INC-1", new TicketAttachment("report.html", "text/html", new byte[] { 1 }), None);
        api.Asked.Count.ShouldBe(asked);
    }

    [Theory]
    [InlineData("aiops:ticket:INC-1/")]
    [InlineData("quoted: aiops:comment:INC-1/ and aiops:answer:INC-1:7/")]
    public async Task An_alarm_that_quotes_a_marker_is_read_as_it_is_and_marks_nothing(string text)
    {
        await tickets.OpenAsync("INC-2", Content with { Title = text, Description = text }, None);
        await tickets.CommentAsync("INC-2", text, None);
        var stored = api.All.ShouldHaveSingleItem();
        (stored.Content.Title + stored.Content.Description).ShouldNotContain("aiops:ticket:");
        (stored.Content.Title + stored.Content.Description).ShouldNotContain("aiops:comment:");
        stored.Content.Title.Replace("\u200B", "").ShouldBe(text);
        stored.Comments.Values.Single().ShouldNotContain("aiops:comment:INC-1/");
    }

    [Fact]
    public async Task A_worker_that_died_after_it_created_leaves_one_ticket_though_the_search_lags()
    {
        await Should.ThrowAsync<ProcessDiedException>(() => Over(new DiesBeforeSaving(ledger, entry => entry.TicketId is not null)).OpenAsync("INC-1", Content, None));
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => tickets.OpenAsync("INC-1", Content, None));
        clock.Advance(Lag - TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => tickets.OpenAsync("INC-1", Content, None)); // Not found yet, and not made again.
        clock.Advance(TimeSpan.FromSeconds(1));
        (await tickets.OpenAsync("INC-1", Content, None)).Id.ShouldBe("F-1");
        api.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_creation_that_never_reached_the_system_is_made_again_once_the_search_can_be_trusted()
    {
        api.Before = what => what == "create" ? new TicketSystemUnavailableException("cut off") : null;
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => tickets.OpenAsync("INC-1", Content, None));
        api.Before = _ => null;
        clock.Advance(Lag + new RemoteTicketOptions().InFlight - TimeSpan.FromTicks(1));
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => tickets.OpenAsync("INC-1", Content, None));
        clock.Advance(TimeSpan.FromTicks(1));
        await tickets.OpenAsync("INC-1", Content, None);
        api.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_creation_may_be_tried_again_at_once()
    {
        api.Before = what => what == "create" ? new TicketSystemRefusedException("no rights", "Give it some.") : null;
        await Should.ThrowAsync<TicketSystemRefusedException>(() => tickets.OpenAsync("INC-1", Content, None));
        api.Before = _ => null;
        await tickets.OpenAsync("INC-1", Content, None);
        api.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_was_lost_after_the_comment_took_effect_leaves_one_comment()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        api.After = what => what == "add comment" ? new TicketSystemUnavailableException("the connection broke") : null;
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => tickets.CommentAsync("INC-1", "one", None));
        api.After = _ => null;
        (await tickets.CommentAsync("INC-1", "two", None)).Version.ShouldBe(1);
        api.All[0].Comments.Values.ShouldHaveSingleItem().ShouldStartWith("two");
    }

    [Fact]
    public async Task A_project_that_is_not_there_is_refused_with_what_to_compare()
    {
        api.Before = what => what == "find" ? new TicketGoneException("404") : null;
        (await Should.ThrowAsync<TicketSystemRefusedException>(() => tickets.OpenAsync("INC-1", Content, None))).Remedy.ShouldContain("project");
    }

    [Fact]
    public async Task While_another_holds_the_lease_nothing_is_written_and_the_workflow_tries_again()
    {
        await ledger.TakeAsync("Fake", "INC-1", TimeSpan.FromHours(1), None);
        var impatient = new RemoteTicketSystem(
            api, ledger, new RemoteTicketOptions { LeaseWait = TimeSpan.Zero }, clock, NullLogger<RemoteTicketSystem>.Instance);
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => impatient.OpenAsync("INC-1", Content, None));
        api.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task With_a_lease_that_may_end_before_the_request_nothing_is_created()
    {
        api.After = what =>
        {
            clock.Advance(what == "find" ? TimeSpan.FromSeconds(56) : TimeSpan.Zero); // Of two minutes 65 s must be left.
            return null;
        };
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => tickets.OpenAsync("INC-1", Content, None));
        api.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lease_lost_while_looking_creates_nothing()
    {
        api.After = what =>
        {
            if (what == "find")
            {
                clock.Advance(TimeSpan.FromMinutes(2));
                ledger.TakeAsync("Fake", "INC-1", TimeSpan.FromMinutes(10), None).Result.ShouldNotBeNull();
            }

            return null;
        };
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => tickets.OpenAsync("INC-1", Content, None));
        api.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deleted_ticket_is_opened_anew_when_its_content_changes()
    {
        await OpenAndCommentAsync("one");
        api.Delete("1");
        clock.Advance(Lag);
        (await tickets.OpenAsync("INC-1", Content with { Severity = Severity.Sev1 }, None)).Id.ShouldNotBe("F-1");
        (await tickets.CommentAsync("INC-1", "one", None)).Version.ShouldBe(2); // Forgotten with its ticket, and said again.
    }

    [Fact]
    public async Task A_comment_without_a_ticket_is_our_own_mistake()
        => await Should.ThrowAsync<KeyNotFoundException>(() => tickets.CommentAsync("INC-1", "one", None));

    [Fact]
    public async Task Who_quotes_us_is_heard()
    {
        await OpenAndCommentAsync("one");
        api.All[0].Comments["9"] = $"> one\n> {Marker.Comment("INC-1")}\n\n/aiops confirm";
        (await tickets.ReadAsync("INC-1", null, None)).Replies.ShouldContain(reply => reply.Id == "9");
        (await tickets.ReadAsync("INC-2", "mark", None)).ReadTo.ShouldBe("mark");
    }

    [Fact]
    public async Task A_mark_of_another_ticket_hides_no_reply()
    {
        await OpenAndCommentAsync("one");
        var mark = (await tickets.ReadAsync("INC-1", null, None)).ReadTo;
        await tickets.ReadAsync("INC-1", mark, None);
        api.RepliesAfter.ShouldBe([null, "read"]);
        await ForgetAsync("INC-1");
        await tickets.OpenAsync("INC-1", Content with { Title = "another" }, None);
        await tickets.ReadAsync("INC-1", mark, None);
        api.RepliesAfter.ShouldBe([null, "read", null]);
    }

    [Fact]
    public async Task A_ticket_that_can_not_be_moved_now_is_moved_by_the_sweep_days_later()
    {
        await OpenAndCommentAsync("one");
        api.Before = what => what == "move" ? new TicketSystemUnavailableException("down") : null;
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => tickets.MoveAsync("INC-1", TicketState.Resolved, None));
        clock.Advance(TicketSweep.MovedFor);
        await Sweep().RunAsync(documents, None);
        api.All[0].State.ShouldBe(TicketState.Open);
        api.Before = _ => null;
        await Sweep().RunAsync(documents, None);
        api.All[0].State.ShouldBe(TicketState.Resolved);
        (await ledger.FindAsync("Fake", "INC-1", None))!.WantedState.ShouldBeNull();
    }

    [Fact]
    public async Task A_ticket_that_could_not_be_moved_for_too_long_is_left_where_it_is()
    {
        await OpenAndCommentAsync("one");
        api.Before = what => what == "move" ? new TicketSystemUnavailableException("down") : null;
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => tickets.MoveAsync("INC-1", TicketState.Resolved, None));
        api.Before = _ => null;
        clock.Advance(TicketSweep.MovedFor + TimeSpan.FromTicks(1));
        await Sweep().RunAsync(documents, None);
        api.All[0].State.ShouldBe(TicketState.Open);
    }

    [Fact]
    public async Task A_move_that_not_even_the_ledger_has_is_said_to_be_none()
    {
        await OpenAndCommentAsync("one");
        var held = (await ledger.TakeAsync("Fake", "INC-1", TimeSpan.FromMinutes(2), None)).ShouldNotBeNull();
        var impatient = new RemoteTicketSystem(
            api, ledger, new RemoteTicketOptions { LeaseWait = TimeSpan.Zero }, clock, NullLogger<RemoteTicketSystem>.Instance);
        await Should.ThrowAsync<StoreUnavailableException>(() => impatient.MoveAsync("INC-1", TicketState.Resolved, None));
        await ledger.ReleaseAsync(held, None);
        (await ledger.FindAsync("Fake", "INC-1", None))!.WantedState.ShouldBeNull();
    }

    [Fact]
    public async Task One_ticket_that_is_refused_keeps_the_sweep_from_no_other()
    {
        await OpenAndCommentAsync("one");
        await api.CreateAsync("INC-1", Content, None);
        clock.Advance(TimeSpan.FromSeconds(1));
        await tickets.OpenAsync("INC-2", Content, None); // Newer: looked at first.
        clock.Advance(Lag);
        var asked = 0;
        api.Before = what => what == "find" && asked++ == 0 ? new TicketSystemRefusedException("no rights", "Give it some.") : null;
        (await Sweep().RunAsync(documents, None)).ShouldBe(1);
    }

    [Fact]
    public async Task The_sweep_merges_into_the_oldest_and_the_comment_moves_there()
    {
        await OpenAndCommentAsync("one"); // F-1, with a comment.
        var oldest = api.All[0];
        await ledger.TakeAsync("Fake", "INC-2", TimeSpan.FromSeconds(1), None);
        await api.CreateAsync("INC-2", Content, None); // Somebody died here, and stood still for longer than anybody waits.
        await tickets.OpenAsync("INC-1", Content, None);
        clock.Advance(TimeSpan.FromSeconds(2));
        await tickets.OpenAsync("INC-2", Content, None); // Not found yet: a second one.
        await tickets.CommentAsync("INC-2", "two", None);
        await tickets.LinkAsync("INC-2", ["INC-1"], None);
        await tickets.MoveAsync("INC-2", TicketState.Resolved, None);
        await documents.PutAsync(DocumentKeys.Comment("INC-2"), "two"u8.ToArray(), None);
        await documents.PutAsync(DocumentKeys.Report("INC-2"), "report"u8.ToArray(), None);
        clock.Advance(Lag);

        (await Sweep().RunAsync(documents, None)).ShouldBe(1);
        var (first, second) = (api.All.Where(ticket => ticket.Content == Content).ElementAt(1), api.All[^1]);
        second.MergedInto.ShouldBe(first.Id);
        oldest.MergedInto.ShouldBeNull();
        (await ledger.FindAsync("Fake", "INC-2", None))!.TicketId.ShouldBe($"{first.Id}");
        first.Comments.Values.ShouldHaveSingleItem().ShouldStartWith("two"); // At once: the next analysis may never come.
        (first.State, first.Links.ShouldHaveSingleItem()).ShouldBe((TicketState.Resolved, oldest.Id));
        (await ledger.FindAsync("Fake", "INC-2", None))!.AttachmentDigest.ShouldNotBeNull();
        (await Sweep().RunAsync(documents, None)).ShouldBe(0);
    }

    [Fact]
    public async Task The_sweep_leaves_one_of_two_comments_as_ours()
    {
        await OpenAndCommentAsync("one");
        await api.AddCommentAsync(new RemoteTicket("1", "F-1", ""), $"one\n{Marker.Comment("INC-1")}", None);
        clock.Advance(Lag);
        (await Sweep().RunAsync(documents, None)).ShouldBe(1);
        api.All[0].Comments.Values.Count(body => body.StartsWith("one")).ShouldBe(1);
        (await Sweep().RunAsync(documents, None)).ShouldBe(0);
    }

    [Fact]
    public async Task The_sweep_looks_neither_before_the_search_can_be_trusted_nor_at_what_is_old()
    {
        await OpenAndCommentAsync("one");
        await api.CreateAsync("INC-1", Content, None);
        clock.Advance(Lag - TimeSpan.FromTicks(1));
        (await Sweep().RunAsync(documents, None)).ShouldBe(0);
        clock.Advance(TicketSweep.Young - Lag + TimeSpan.FromTicks(2));
        (await Sweep().RunAsync(documents, None)).ShouldBe(0);
        clock.Advance(-TimeSpan.FromTicks(1));
        (await Sweep().RunAsync(documents, None)).ShouldBe(1);
    }

    [Theory]
    [InlineData("INC-1", "INC-12")]
    [InlineData("INC 1", "INC_0020_1")]
    [InlineData("a--b", "a-b")]
    public void No_marker_is_the_beginning_of_another_one(string one, string other)
        => Marker.Comment(other).ShouldNotContain(Marker.Comment(one));

    private RemoteTicketSystem Over(ITicketLedger over) => new(api, over, new RemoteTicketOptions(), clock, NullLogger<RemoteTicketSystem>.Instance);

    private TicketSweep Sweep() => new(tickets, api, ledger, clock, NullLogger<TicketSweep>.Instance);

    private async Task ForgetAsync(string key)
    {
        var lease = (await ledger.TakeAsync("Fake", key, TimeSpan.FromMinutes(1), None)).ShouldNotBeNull();
        await ledger.SaveAsync(lease with { Entry = new TicketEntry("Fake", key) }, None);
        await ledger.ReleaseAsync(lease, None);
    }

    private async Task OpenAndCommentAsync(string markdown)
    {
        await tickets.OpenAsync("INC-1", Content, None);
        await tickets.CommentAsync("INC-1", markdown, None);
    }
}
