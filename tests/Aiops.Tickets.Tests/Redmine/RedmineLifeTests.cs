using System.Text;
using System.Text.Json.Nodes;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Review.Tickets;
using Aiops.PortTests.Running;

namespace Aiops.Tickets.Tests.Redmine;

/// <summary>A ticket's whole life in a real Redmine, by an account with the rights that the documentation asks for and no more.</summary>
[NeedsRedmine]
[Collection("Redmine")]
public sealed class RedmineLifeTests(RedmineServer server) : IDisposable
{
    private readonly RedmineBench bench = new(server);

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => bench.Dispose();

    [PortFact]
    public async Task A_ticket_is_opened_once_and_follows_the_severity()
    {
        var first = await bench.Tickets.OpenAsync("INC-life-1", RedmineBench.Content, None);
        var again = await bench.Tickets.OpenAsync("INC-life-1", RedmineBench.Content with { Severity = Severity.Sev1, Title = "SEV1 latency" }, None);
        again.ShouldBe(first);
        first.Url.ShouldBe($"{server.Url}issues/{first.Id.TrimStart('#')}");
        var issue = (await bench.IssuesAsync("INC-life-1")).ShouldHaveSingleItem();
        issue["subject"]!.GetValue<string>().ShouldBe("SEV1 latency");
        issue["priority"]!["name"]!.GetValue<string>().ShouldBe("Urgent");
        issue["description"]!.GetValue<string>().ShouldContain("p99 is 4 s");
    }

    [PortFact]
    public async Task The_comment_is_edited_in_place_and_saying_the_same_again_sends_nothing()
    {
        var ticket = await bench.Tickets.OpenAsync("INC-life-2", RedmineBench.Content, None);
        var first = await bench.Tickets.CommentAsync("INC-life-2", "**One**\n\n---\nfooter\n", None);
        var second = await bench.Tickets.CommentAsync("INC-life-2", "**Two**\n\n---\nfooter\n", None);
        var third = await bench.Tickets.CommentAsync("INC-life-2", "**Two**\n\n---\nfooter\n", None);
        (first.Version, second.Version, third.Version).ShouldBe((1, 2, 2));
        (second.Id, third.Id).ShouldBe((first.Id, first.Id));
        var note = (await bench.NotesAsync(ticket.Id)).ShouldHaveSingleItem();
        note["id"]!.ToJsonString().ShouldBe(first.Id);
        note["notes"]!.GetValue<string>().ShouldContain("*Two*");
    }

    [PortFact]
    public async Task A_comment_that_somebody_deleted_is_made_anew_when_something_changes()
    {
        var ticket = await bench.Tickets.OpenAsync("INC-life-3", RedmineBench.Content, None);
        var first = await bench.Tickets.CommentAsync("INC-life-3", "one", None);
        await SayAsync(ticket, "and another"); // SQLite gives the last number again.
        await bench.ByPersonAsync(HttpMethod.Put, $"journals/{first.Id}.json", Note("journal", "")); // Emptied, a note is deleted.
        var second = await bench.Tickets.CommentAsync("INC-life-3", "two", None);
        second.Id.ShouldNotBe(first.Id);
        second.Version.ShouldBe(2);
        (await bench.NotesAsync(ticket.Id)).Select(note => note["notes"]!.GetValue<string>()[..3]).ShouldBe(["and", "two"]);
    }

    [PortFact]
    public async Task A_ticket_that_somebody_deleted_is_made_anew_with_its_comment()
    {
        var deleted = await bench.Tickets.OpenAsync("INC-life-4", RedmineBench.Content, None);
        await bench.Tickets.CommentAsync("INC-life-4", "one", None);
        await bench.Tickets.OpenAsync("INC-life-4-next", RedmineBench.Content, None); // SQLite gives the last number again.
        await bench.ByPersonAsync(HttpMethod.Delete, $"issues/{deleted.Id.TrimStart('#')}.json");

        await Should.ThrowAsync<TicketSystemUnavailableException>(() => bench.Tickets.CommentAsync("INC-life-4", "two", None));
        await bench.Tickets.MoveAsync("INC-life-4", TicketState.Resolved, None); // Nothing to move, and no reason to fail.
        var anew = await bench.Tickets.OpenAsync("INC-life-4", RedmineBench.Content, None); // … as the workflow's retry does.
        await bench.Tickets.CommentAsync("INC-life-4", "two", None);
        anew.Id.ShouldNotBe(deleted.Id);
        (await bench.NotesAsync(anew.Id)).ShouldHaveSingleItem()["notes"]!.GetValue<string>().ShouldStartWith("two");
    }

    [PortFact]
    public async Task It_moves_and_moves_back()
    {
        var ticket = await bench.Tickets.OpenAsync("INC-life-5", RedmineBench.Content, None);
        foreach (var (state, name) in new[] { (TicketState.Resolved, "Resolved"), (TicketState.Closed, "Closed"), (TicketState.Open, "New") })
        {
            await bench.Tickets.MoveAsync("INC-life-5", state, None);
            (await bench.IssueAsync(ticket.Id))["status"]!["name"]!.GetValue<string>().ShouldBe(name);
        }
    }

    [PortFact]
    public async Task A_state_that_the_workflow_forbids_is_said_and_not_passed_over()
    {
        // Managers of the default configuration may not go from New to where nobody goes; an unknown name is refused as well.
        using var wrong = new RedmineBench(server, change: options => options with { States = new Dictionary<TicketState, string> { [TicketState.Resolved] = "Nirvana" } });
        await wrong.Tickets.OpenAsync("INC-life-6", RedmineBench.Content, None);
        var refused = await Should.ThrowAsync<TicketSystemRefusedException>(() => wrong.Tickets.MoveAsync("INC-life-6", TicketState.Resolved, None));
        refused.Message.ShouldContain("states.resolved");
        refused.Message.ShouldContain("Feedback"); // One of those there are.
    }

    [PortFact]
    public async Task Earlier_incidents_are_linked_once_and_those_without_a_ticket_are_passed_by()
    {
        var earlier = await bench.Tickets.OpenAsync("INC-life-7", RedmineBench.Content, None);
        var ticket = await bench.Tickets.OpenAsync("INC-life-8", RedmineBench.Content, None);
        await bench.Tickets.LinkAsync("INC-life-8", ["INC-life-7", "INC-never", "INC-life-8"], None);
        await bench.Tickets.LinkAsync("INC-life-8", ["INC-life-7"], None);

        // The server knows it too, should our record be lost.
        await bench.Api.LinkAsync(new RemoteTicket(ticket.Id.TrimStart('#'), ticket.Id, ""), new RemoteTicket(earlier.Id.TrimStart('#'), earlier.Id, ""), None);
        var relation = (await bench.IssueAsync(ticket.Id))["relations"]!.AsArray().ShouldHaveSingleItem()!;
        string[] related = [relation["issue_id"]!.ToJsonString(), relation["issue_to_id"]!.ToJsonString()]; // It has no direction.
        related.ShouldBe([earlier.Id.TrimStart('#'), ticket.Id.TrimStart('#')], ignoreOrder: true);
    }

    [PortFact]
    public async Task The_report_is_attached_and_attached_again_when_it_changed()
    {
        var ticket = await bench.Tickets.OpenAsync("INC-life-9", RedmineBench.Content, None);
        foreach (var content in new[] { "<p>one</p>", "<p>one</p>", "<p>two, and longer</p>" })
        {
            await bench.Tickets.AttachAsync("INC-life-9", new TicketAttachment("report.html", "text/html", Encoding.UTF8.GetBytes(content)), None);
        }

        var attachments = (await bench.IssueAsync(ticket.Id))["attachments"]!.AsArray();
        var newest = attachments[^1]!;
        (newest["filename"]!.GetValue<string>(), newest["filesize"]!.GetValue<int>()).ShouldBe(("report.html", 22));
        attachments.Count.ShouldBe(1);
    }

    [PortFact]
    public async Task Replies_of_people_are_read_from_the_mark_on_and_ours_never_are()
    {
        var ticket = await bench.Tickets.OpenAsync("INC-life-10", RedmineBench.Content, None);
        await bench.Tickets.CommentAsync("INC-life-10", "`/aiops confirm` says that this is right", None);
        await SayAsync(ticket, "/aiops confirm");
        var first = await bench.Tickets.ReadAsync("INC-life-10", null, None);
        var reply = first.Replies.ShouldHaveSingleItem();
        reply.Text.ShouldBe("/aiops confirm");
        var kim = (await bench.GetAsync("users/current.json"))["user"]!["id"]!.ToJsonString();
        reply.Author.ShouldBe(kim);

        await bench.Tickets.AnswerAsync("INC-life-10", reply.Id, "Thank you.", None);
        await bench.Tickets.AnswerAsync("INC-life-10", reply.Id, "Thank you.", None);
        await SayAsync(ticket, "/aiops wrong");
        var quoted = (await bench.NotesAsync(ticket.Id))[0]["notes"]!.GetValue<string>();
        await SayAsync(ticket, $"> {quoted}\n\n/aiops useful 1"); // Who quotes what we wrote is heard all the same.
        var then = await bench.Tickets.ReadAsync("INC-life-10", first.ReadTo, None);
        then.Replies.Select(said => ReviewCommands.Read(said.Text).ShouldHaveSingleItem().GetType()).ShouldBe([typeof(ReviewCommand.Wrong), typeof(ReviewCommand.Useful)]);
        (await bench.Tickets.ReadAsync("INC-life-10", then.ReadTo, None)).Replies.ShouldBeEmpty();
        (await bench.NotesAsync(ticket.Id)).Count(note => note["notes"]!.GetValue<string>().Contains("Thank you")).ShouldBe(1);
    }

    [PortFact]
    public async Task A_note_of_a_person_that_holds_our_marker_stays_theirs()
    {
        var ticket = await bench.Tickets.OpenAsync("INC-life-14", RedmineBench.Content, None);
        await SayAsync(ticket, $"see {Marker.Comment("INC-life-14")}");
        await bench.Tickets.CommentAsync("INC-life-14", "one", None);
        (await bench.NotesAsync(ticket.Id)).Select(note => note["notes"]!.GetValue<string>().StartsWith("see", StringComparison.Ordinal)).ShouldBe([true, false]);
    }

    [PortFact]
    public async Task The_key_may_stand_in_a_custom_field_instead_of_the_description()
    {
        using var field = new RedmineBench(server, change: options => options with { Field = server.Field });
        var ticket = await field.Tickets.OpenAsync("INC-life-11", RedmineBench.Content, None);
        using var lost = new RedmineBench(server, change: options => options with { Field = server.Field });
        (await lost.Tickets.OpenAsync("INC-life-11", RedmineBench.Content, None)).ShouldBe(ticket);
        (await lost.Tickets.OpenAsync("INC-life-1", RedmineBench.Content, None)).ShouldNotBe(ticket); // The beginning of it is another one's.
    }

    [PortFact]
    public async Task Of_tickets_made_twice_the_oldest_stays_and_takes_over()
    {
        var oldest = await bench.Api.CreateAsync("INC-life-12", RedmineBench.Content, None);
        var other = await bench.Api.CreateAsync("INC-life-12", RedmineBench.Content, None);
        (await bench.Tickets.OpenAsync("INC-life-12", RedmineBench.Content, None)).Id.ShouldBe(oldest.Label);
        (await bench.Api.FindAsync("INC-life-12", None)).ShouldBe([oldest]);
        (await bench.IssueAsync(other.Id))["status"]!["name"]!.GetValue<string>().ShouldBe("Closed");
    }

    [PortFact]
    public async Task A_key_that_opens_nothing_is_refused_and_repeated_nowhere()
    {
        using var stranger = new RedmineBench(server, key: "nobody-knows-me");
        var refused = await Should.ThrowAsync<TicketSystemRefusedException>(() => stranger.Tickets.OpenAsync("INC-life-13", RedmineBench.Content, None));
        refused.ToString().ShouldNotContain("nobody-knows-me");
        refused.Remedy.ShouldContain("token");
        using var nowhere = new RedmineBench(server, change: options => options with { Project = "no-such-project" });
        (await Should.ThrowAsync<TicketSystemRefusedException>(() => nowhere.Tickets.OpenAsync("INC-life-13", RedmineBench.Content, None))).Message.ShouldContain("project");
    }

    private Task SayAsync(TicketReference ticket, string text) => bench.ByPersonAsync(HttpMethod.Put, $"issues/{ticket.Id.TrimStart('#')}.json", Note("issue", text));

    private static JsonObject Note(string what, string text) => new() { [what] = new JsonObject { ["notes"] = text } };
}
