using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.PortTests;
using Aiops.PortTests.Tickets;
using Aiops.Tickets.GitHub;
using Aiops.Tickets.Http;
using Aiops.Tickets.Tests.Peer;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tickets.Tests.GitHub;

public sealed class GitHubTests : IAsyncLifetime
{
    private static readonly TicketContent Content = new("SEV2 latency: checkout is slow", "p99 is 4 s, says @alice in #12", Severity.Sev2);

    private readonly ManualTimeProvider clock = new();
    private readonly GitHubPeer github = new();
    private InMemoryTicketLedger ledger = null!;
    private WirePeer peer = null!;
    private HttpClient client = null!;
    private RemoteTicketSystem tickets = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        peer = await WirePeer.StartAsync(github.Answer);
        client = peer.Client;
        client.DefaultRequestHeaders.Add("User-Agent", "aiops");
        ledger = new InMemoryTicketLedger(clock);
        tickets = Over("acme/shop");
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await peer.DisposeAsync();
    }

    [Fact]
    public async Task An_issue_is_opened_once_and_its_label_follows_the_severity()
    {
        var first = await tickets.OpenAsync("INC-1", Content, None);
        first.ShouldBe(new TicketReference("#1", "https://github.com/acme/shop/issues/1"));
        github.Issues[0]["labels"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject { ["name"] = "by-a-person" });
        await tickets.OpenAsync("INC-1", Content with { Severity = Severity.Sev1 }, None);
        github.Issues.ShouldHaveSingleItem()["labels"]!.AsArray().Select(label => label!["name"]!.GetValue<string>()).ShouldBe(["aiops", "by-a-person", "sev1"], ignoreOrder: true);
        github.Issues[0]["body"]!.GetValue<string>().ShouldNotContain("@alice"); // Nobody is called from an alarm's text.
    }

    [Fact]
    public async Task The_comment_is_edited_in_place_and_made_anew_when_it_was_deleted()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        var first = await tickets.CommentAsync("INC-1", "one", None);
        (await tickets.CommentAsync("INC-1", "two", None)).ShouldBe(first with { Version = 2 });
        github.DeleteComment(first.Id);
        (await tickets.CommentAsync("INC-1", "three", None)).Id.ShouldNotBe(first.Id);
        github.CommentsOf(1).ShouldHaveSingleItem()["body"]!.GetValue<string>().ShouldContain("three");
    }

    [Fact]
    public async Task An_answer_lost_after_the_issue_was_made_leaves_one_issue()
    {
        await WarmUpAsync();
        peer.LosesNextAnswer = false;
        var lost = LoseAnswerTo("POST");
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => lost.OpenAsync("INC-1", Content, None));
        clock.Advance(TimeSpan.FromMinutes(1));
        await tickets.OpenAsync("INC-1", Content, None);
        github.Issues.Count(issue => issue["body"]!.GetValue<string>().Contains("INC-1/")).ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_lost_after_the_comment_was_made_leaves_one_comment()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        var lost = LoseAnswerTo("POST");
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => lost.CommentAsync("INC-1", "one", None));
        await tickets.CommentAsync("INC-1", "one", None);
        github.CommentsOf(1).Count().ShouldBe(1);
    }

    [Fact]
    public async Task It_is_closed_as_completed_and_opened_again()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        await tickets.MoveAsync("INC-1", TicketState.Resolved, None);
        (github.Issues[0].Text("state"), github.Issues[0].Text("state_reason")).ShouldBe(("closed", "completed"));
        await tickets.MoveAsync("INC-1", TicketState.Open, None);
        (github.Issues[0].Text("state"), github.Issues[0].Text("state_reason")).ShouldBe(("open", "reopened"));
    }

    [Fact]
    public async Task An_earlier_incident_is_named_in_one_comment_and_a_file_is_left_out()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        await tickets.OpenAsync("INC-2", Content, None);
        await tickets.LinkAsync("INC-2", ["INC-1"], None);
        ledger = new InMemoryTicketLedger(clock); // What was linked is found there, should our record be lost.
        await Over("acme/shop").OpenAsync("INC-1", Content, None);
        var again = Over("acme/shop");
        await again.OpenAsync("INC-2", Content, None);
        await again.LinkAsync("INC-2", ["INC-1"], None);
        github.CommentsOf(2).ShouldHaveSingleItem().Text("body").ShouldStartWith("Related: #1");
        await tickets.AttachAsync("INC-2", new TicketAttachment("report.html", "text/html", new byte[] { 1 }), None);
    }

    [Fact]
    public async Task Replies_are_those_of_people_after_the_mark()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        await tickets.CommentAsync("INC-1", "one", None);
        github.Say(1, "dependabot[bot]", "/aiops confirm", "Bot");
        github.Say(1, "kim", "/aiops confirm");
        var read = await tickets.ReadAsync("INC-1", null, None);
        var reply = read.Replies.ShouldHaveSingleItem();
        (reply.Author, reply.Text).ShouldBe(("kim", "/aiops confirm"));
        github.Say(1, "kim", "/aiops wrong");
        (await tickets.ReadAsync("INC-1", read.ReadTo, None)).Replies.ShouldHaveSingleItem().Text.ShouldBe("/aiops wrong");
    }

    [Fact]
    public async Task What_a_stranger_marks_as_ours_is_neither_edited_nor_merged()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        github.Say(1, "mallory", $"<!-- {Marker.Comment("INC-1")} -->");
        var comment = await tickets.CommentAsync("INC-1", "one", None);
        github.CommentsOf(1).Single(one => one["user"]!.Text("login") == "mallory")["body"]!.GetValue<string>().ShouldNotContain("one");
        comment.Id.ShouldBe(github.CommentsOf(1).Single(one => one["user"]!.Text("login") == "aiops-bot").Text("id"));

        github.Issues[0]["user"]!["login"] = "mallory";
        (await Api("acme/shop").FindAsync("INC-1", None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_right_to_label_it_is_said_for_the_issue_would_never_be_found()
    {
        github.MayPush = false;
        (await Should.ThrowAsync<TicketSystemRefusedException>(() => tickets.OpenAsync("INC-1", Content, None))).Remedy.ShouldContain("Issues: write");
    }

    [Fact]
    public async Task A_deleted_issue_is_opened_anew()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        await tickets.OpenAsync("INC-2", Content, None);
        github.Delete(1);
        (await tickets.OpenAsync("INC-1", Content with { Title = "Another" }, None)).Id.ShouldNotBe("#1");
    }

    [Theory]
    [InlineData("You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")]
    [InlineData("API rate limit exceeded for user ID 1.")]
    public async Task A_rate_limit_without_a_time_is_left_to_the_workflow(string message)
    {
        peer.Next(new PeerAnswer(403, $$"""{"message":"{{message}}"}"""));
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => tickets.OpenAsync("INC-1", Content, None));
    }

    [Fact]
    public async Task Thousands_of_comments_are_read_page_by_page()
    {
        await tickets.OpenAsync("INC-1", Content, None);
        for (var i = 0; i < 250; i++)
        {
            github.Say(1, "kim", $"comment {i}");
        }

        (await tickets.ReadAsync("INC-1", null, None)).Replies.Count.ShouldBe(250);
    }

    [Fact]
    public async Task A_repository_that_is_not_shown_is_refused()
        => (await Should.ThrowAsync<TicketSystemRefusedException>(() => Over("other/shop").OpenAsync("INC-1", Content, None))).Message.ShouldContain("no such project");

    private async Task WarmUpAsync() => await tickets.OpenAsync("INC-0", Content, None);

    /// <summary>The same system through a connection that breaks after the next request of the method had its effect.</summary>
    private RemoteTicketSystem LoseAnswerTo(string method)
    {
        var losing = new HttpClient(new LosesAnswer(method, peer)) { BaseAddress = new Uri(peer.Url) };
        losing.DefaultRequestHeaders.Add("User-Agent", "aiops");
        return Over("acme/shop", losing);
    }

    private GitHubApi Api(string repository, HttpClient? by = null)
        => new(new TicketHttp("GitHub", by ?? client, TicketHttp.Authorization("Bearer", new Fixed(GitHubPeer.Token)), TimeProvider.System), new GitHubOptions { Repository = repository });

    private RemoteTicketSystem Over(string repository, HttpClient? by = null) => new(
        Api(repository, by),
        ledger, new RemoteTicketOptions { InFlight = TimeSpan.Zero }, clock, NullLogger<RemoteTicketSystem>.Instance);
}
