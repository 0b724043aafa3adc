using System.Text.Json.Nodes;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.PortTests;
using Aiops.PortTests.Tickets;
using Aiops.Tickets.Http;
using Aiops.Tickets.Jira;
using Aiops.Tickets.Tests.Peer;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tickets.Tests.Jira;

public sealed class JiraTests : IAsyncLifetime
{
    private static readonly TicketContent Content = new("SEV2 latency: checkout is slow", "p99 is 4 s", Severity.Sev2);

    private readonly ManualTimeProvider clock = new();
    private readonly InMemoryTicketLedger ledger;
    private readonly JiraPeer jira;
    private WirePeer peer = null!;
    private HttpClient client = null!;
    private JiraApi api = null!;
    private RemoteTicketSystem tickets = null!;

    public JiraTests()
    {
        ledger = new InMemoryTicketLedger(clock);
        jira = new JiraPeer(clock);
    }

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        peer = await WirePeer.StartAsync(jira.Answer);
        client = peer.Client;
        api = Api(client);
        tickets = Over(api);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await peer.DisposeAsync();
    }

    [Fact]
    public async Task An_issue_is_opened_once_and_follows_the_severity()
    {
        (await tickets.OpenAsync("INC-1", Content, None)).ShouldBe(new TicketReference("OPS-1", $"{peer.Url}browse/OPS-1"));
        await tickets.OpenAsync("INC-1", Content with { Severity = Severity.Sev1 }, None);
        var fields = jira.Issues.ShouldHaveSingleItem()["fields"]!;
        fields["priority"]!.Text("name").ShouldBe("Highest");
        fields["labels"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe("aiops-INC-1");
        fields["description"]!.Text("type").ShouldBe("doc");
    }

    [Fact]
    public async Task The_comment_is_edited_in_place_and_found_again_by_its_marker()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        var losing = Over(Api(new HttpClient(new LosesAnswer("POST", peer)) { BaseAddress = new Uri(peer.Url) }));
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => losing.CommentAsync("INC-1", "one", None));
        var comment = await tickets.CommentAsync("INC-1", "two", None);
        (await tickets.CommentAsync("INC-1", "**three**", None)).ShouldBe(comment with { Version = 2 });
        jira.Issues[0]["fields"]!["comment"]!.AsArray().ShouldHaveSingleItem()!.ToJsonString().ShouldContain("three");
    }

    [Fact]
    public async Task An_issue_made_by_a_worker_that_died_is_found_once_the_search_shows_it()
    {
        var dying = Over(api, new DiesBeforeSaving(ledger, entry => entry.TicketId is not null));
        await Should.ThrowAsync<ProcessDiedException>(() => dying.OpenAsync("INC-1", Content, None));
        for (var tries = 0; ; tries++) // As the workflow does, later and later.
        {
            try
            {
                (await tickets.OpenAsync("INC-1", Content, None)).Id.ShouldBe("OPS-1");
                tries.ShouldBeGreaterThan(0);
                break;
            }
            catch (TicketSystemUnavailableException)
            {
                clock.Advance(TimeSpan.FromSeconds(10));
            }
        }

        jira.Issues.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Issues_made_twice_are_merged_into_the_oldest_by_the_sweep()
    {
        await api.CreateAsync("INC-1", Content, None);
        await tickets.OpenAsync("INC-1", Content, None); // Nothing is found yet, and nobody said that something was begun.
        jira.Issues.Count.ShouldBe(2);
        clock.Advance(api.FindLag);
        (await new TicketSweep(tickets, api, ledger, clock, NullLogger<TicketSweep>.Instance).RunAsync(new DocumentsInMemory(), None)).ShouldBe(1);
        (await api.FindAsync("INC-1", None)).ShouldHaveSingleItem().Label.ShouldBe("OPS-1");
        var duplicate = jira.Issues[1]["fields"]!;
        duplicate["status"]!.Text("name").ShouldBe("Done");
        duplicate["issuelinks"]!.AsArray().ShouldHaveSingleItem()!["type"]!.Text("name").ShouldBe("Duplicate");
        (await tickets.OpenAsync("INC-1", Content, None)).Id.ShouldBe("OPS-1");
    }

    [Fact]
    public async Task It_moves_by_the_transition_that_leads_there_and_back()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        await tickets.MoveAsync("INC-1", TicketState.Resolved, None);
        jira.Issues[0]["fields"]!["status"]!.Text("name").ShouldBe("Done");
        await tickets.MoveAsync("INC-1", TicketState.Closed, None); // Done already.
        await tickets.MoveAsync("INC-1", TicketState.Open, None);
        jira.Issues[0]["fields"]!["status"]!.Text("name").ShouldBe("To Do");
    }

    [Fact]
    public async Task A_state_without_a_transition_is_refused_with_those_there_are()
    {
        var wrong = Over(new JiraApi(Http(client), new JiraOptions { Project = "OPS", States = new Dictionary<TicketState, string> { [TicketState.Resolved] = "Mitigated" } }));
        await wrong.OpenAsync("INC-1", Content, None);
        (await Should.ThrowAsync<TicketSystemRefusedException>(() => wrong.MoveAsync("INC-1", TicketState.Resolved, None))).Remedy.ShouldContain("Finish");
    }

    [Fact]
    public async Task Earlier_issues_are_linked_once_though_our_record_is_lost()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        await tickets.OpenAsync("INC-2", Content, None);
        await tickets.LinkAsync("INC-2", ["INC-1"], None);
        await api.LinkAsync(new RemoteTicket(jira.Issues[1].Text("id"), "OPS-2", ""), new RemoteTicket(jira.Issues[0].Text("id"), "OPS-1", ""), None);
        jira.Issues[1]["fields"]!["issuelinks"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_the_reports_attached_the_newest_stays_and_one_too_large_is_refused()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        foreach (var content in new byte[][] { [1], [2] })
        {
            await tickets.AttachAsync("INC-1", new TicketAttachment("report.html", "text/html", content), None);
        }

        jira.Issues[0]["fields"]!["attachment"]!.AsArray().Count.ShouldBe(1);
        var large = new TicketAttachment("report.html", "text/html", new byte[200_000]);
        (await Should.ThrowAsync<TicketSystemRefusedException>(() => tickets.AttachAsync("INC-1", large, None))).Message.ShouldContain("413");
    }

    [Fact]
    public async Task Replies_come_as_plain_text_page_by_page_and_never_ours()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        await tickets.CommentAsync("INC-1", "one", None);
        for (var i = 0; i < 120; i++)
        {
            jira.Say("OPS-1", "5b10a2844c20165700ede21g", JiraPeer.Paragraph($"/aiops cause checkout-db: reason {i}"));
        }

        var read = await tickets.ReadAsync("INC-1", null, None);
        read.Replies.Count.ShouldBe(120);
        (read.Replies[^1].Author, read.Replies[^1].Text).ShouldBe(("5b10a2844c20165700ede21g", "/aiops cause checkout-db: reason 119"));
        (await tickets.ReadAsync("INC-1", read.ReadTo, None)).Replies.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_comment_of_a_person_that_holds_our_marker_stays_theirs()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        jira.Say("OPS-1", "kim", JiraPeer.Paragraph(Marker.Comment("INC-1")));
        var comment = await tickets.CommentAsync("INC-1", "one", None);
        jira.Issues[0]["fields"]!["comment"]!.AsArray().Select(said => (said!["author"]!.Text("accountId") == "kim", said.Text("id") == comment.Id))
            .ShouldBe([(true, false), (false, true)]);
    }

    [Fact]
    public async Task A_reply_of_several_blocks_keeps_its_lines()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        jira.Say("OPS-1", "kim", JsonNode.Parse("""
            {"version":1,"type":"doc","content":[
              {"type":"paragraph","content":[{"type":"mention","attrs":{"id":"x","text":"@bot"}},{"type":"text","text":" see"},{"type":"hardBreak"},{"type":"text","text":"/aiops wrong"}]},
              {"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"because"}]}]}]}]}
            """)!);
        (await tickets.ReadAsync("INC-1", null, None)).Replies.ShouldHaveSingleItem().Text.ShouldBe("@bot see\n/aiops wrong\nbecause");
    }

    [Fact]
    public async Task A_deleted_issue_is_opened_anew()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        await tickets.OpenAsync("INC-2", Content, None);
        jira.Delete("OPS-1");
        (await tickets.OpenAsync("INC-1", Content with { Title = "Another" }, None)).Id.ShouldNotBe("OPS-1");
    }

    [Fact]
    public async Task What_the_project_doesn_t_know_is_refused_in_its_own_words()
    {
        var wrong = Over(new JiraApi(Http(client), new JiraOptions { Project = "OPS", Priorities = new Dictionary<Severity, string> { [Severity.Sev2] = "Nirvana" } }));
        (await Should.ThrowAsync<TicketSystemRefusedException>(() => wrong.OpenAsync("INC-1", Content, None))).Message.ShouldContain("priority selected is invalid");
    }

    private static TicketHttp Http(HttpClient by) => new("Jira", by, TicketHttp.Basic(JiraPeer.Account, new Fixed(JiraPeer.Token)), TimeProvider.System);

    private static JiraApi Api(HttpClient by) => new(Http(by), new JiraOptions { Project = "OPS" });

    private RemoteTicketSystem Over(JiraApi over, ITicketLedger? records = null)
        => new(over, records ?? ledger, new RemoteTicketOptions { InFlight = TimeSpan.Zero }, clock, NullLogger<RemoteTicketSystem>.Instance);
}
