using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.PortTests.Tickets;
using Aiops.Tickets.Http;
using Aiops.Tickets.ServiceNow;
using Aiops.Tickets.Tests.Markdown;
using Aiops.Tickets.Tests.Peer;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tickets.Tests.ServiceNow;

public sealed class ServiceNowTests : IAsyncLifetime
{
    private const string Key = "INC-20260301-0042";
    private static readonly TicketContent Content = new("SEV2 latency: checkout is slow", "p99 is 4 s", Severity.Sev2);

    private readonly ServiceNowPeer instance = new();
    private readonly InMemoryTicketLedger ledger = new(TimeProvider.System);
    private WirePeer peer = null!;
    private RemoteTicketSystem tickets = null!;

    public async Task InitializeAsync()
    {
        peer = await WirePeer.StartAsync(instance.Answer);
        tickets = Over(ledger);
    }

    public async Task DisposeAsync() => await peer.DisposeAsync();

    [Fact]
    public async Task An_incident_is_made_once_with_our_key_as_its_correlation()
    {
        var one = await tickets.OpenAsync(Key, Content, default);
        var again = await Over(new InMemoryTicketLedger(TimeProvider.System)).OpenAsync(Key, Content, default);

        again.ShouldBe(one);
        var incident = instance.Incidents.Values.ShouldHaveSingleItem();
        ((string?)incident["correlation_id"]).ShouldBe(Key);
        ((string?)incident["short_description"]).ShouldBe(Content.Title);
        ((string?)incident["impact"], (string?)incident["urgency"]).ShouldBe(("1", "2"));
        one.Url.ShouldContain("incident.do%3Fsys_id%3D");
        peer.Calls.ShouldAllBe(call => call.Headers["Authorization"].StartsWith("Basic "));
    }

    [Fact]
    public async Task What_people_wrote_and_finds_no_room_is_kept_in_the_note()
    {
        await tickets.OpenAsync(Key, Content, default);
        var incident = instance.Incidents.Values.Single();
        incident["description"] = (string)incident["description"]! + "\n" + string.Join('\n', Enumerable.Range(0, 500).Select(i => $"kim saw {i}"));
        await tickets.CommentAsync(Key, Samples.Comment("first"), default);
        var everything = (string)incident["description"]! + string.Concat(instance.Journal.Select(note => (string)note["value"]!));
        ((string)incident["description"]!).Length.ShouldBeLessThanOrEqualTo(4_000);
        everything.ShouldContain("kim saw 0\n");
        everything.ShouldContain("kim saw 499");
        everything.ShouldContain("kim saw 250\n");
    }

    [Fact]
    public async Task Our_comment_stands_in_the_description_before_what_others_wrote_and_a_note_says_when_it_changes()
    {
        await tickets.OpenAsync(Key, Content, default);
        await tickets.CommentAsync(Key, Samples.Comment("first"), default);
        var incident = instance.Incidents.Values.Single();
        incident["description"] = (string)incident["description"]! + "\nkim: looking at it";
        await tickets.CommentAsync(Key, Samples.Comment("second"), default);
        await tickets.CommentAsync(Key, Samples.Comment("second"), default);

        var text = (string)incident["description"]!;
        text.ShouldStartWith("[Aiops]\nSEV2 errors");
        text.ShouldContain("second");
        text.ShouldNotContain("first");
        text.ShouldEndWith("p99 is 4 s\nkim: looking at it");
        instance.Journal.Select(note => (string)note["value"]!).ShouldBe(
            ["Aiops put its analysis into the description.", "Aiops analysed it anew: the description has changed."]);
    }

    [Fact]
    public async Task A_comment_that_was_written_and_its_answer_lost_leaves_one_note()
    {
        var api = Api();
        var ticket = await api.CreateAsync(Key, Content, default);
        var body = api.Format.Render(Samples.Comment("x"), Marker.Comment(Key));
        await api.AddCommentAsync(ticket, body, default);
        await api.EditCommentAsync(ticket, "description", body, default);
        instance.Journal.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_creation_whose_answer_was_lost_is_found_and_not_made_again()
    {
        var api = Api();
        peer.LosesNextAnswer = true;
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => api.CreateAsync(Key, Content, default));
        (await api.FindAsync(Key, default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Ended_incidents_are_resolved_with_a_code_and_related_ones_are_noted_once()
    {
        await tickets.OpenAsync("INC-1", Content, default);
        await tickets.OpenAsync(Key, Content, default);
        await tickets.LinkAsync(Key, ["INC-1"], default);
        await tickets.MoveAsync(Key, TicketState.Resolved, default);
        var api = Api();
        var (earlier, ticket) = ((await api.FindAsync("INC-1", default)).Single(), (await api.FindAsync(Key, default)).Single());
        await api.LinkAsync(ticket, earlier, default);

        var incident = instance.Incidents[ticket.Id];
        ((string?)incident["state"], (string?)incident["close_code"]).ShouldBe(("6", "Solution provided"));
        instance.Journal.ShouldHaveSingleItem().ToJsonString().ShouldContain(earlier.Label);
    }

    [Fact]
    public async Task A_report_takes_the_place_of_the_one_before()
    {
        await tickets.OpenAsync(Key, Content, default);
        await tickets.AttachAsync(Key, new TicketAttachment("report.html", "text/html", "one"u8.ToArray()), default);
        await tickets.AttachAsync(Key, new TicketAttachment("report.html", "text/html", "two"u8.ToArray()), default);
        ((string?)instance.Attachments.Values.ShouldHaveSingleItem()["content"]).ShouldBe("two");
    }

    [Fact]
    public async Task A_duplicate_is_closed_and_no_longer_found()
    {
        var api = Api();
        var (one, two) = (await api.CreateAsync(Key, Content, default), await api.CreateAsync(Key, Content, default));
        await api.MergeAsync(two, one, default);
        (await api.FindAsync(Key, default)).ShouldBe([one]);
        ((string?)instance.Incidents[two.Id]["parent_incident"]).ShouldBe(one.Id);
    }

    [Fact]
    public async Task Replies_are_those_of_others_each_once_even_within_one_second()
    {
        await tickets.OpenAsync(Key, Content, default);
        var id = instance.Incidents.Keys.Single();
        instance.Write(id, "/aiops confirm", "kim");
        instance.Write(id, "ours", "aiops.bot");
        var first = await tickets.ReadAsync(Key, null, default);
        instance.Write(id, "/aiops wrong", "lee"); // In the same second.
        var second = await tickets.ReadAsync(Key, first.ReadTo, default);
        var third = await tickets.ReadAsync(Key, second.ReadTo, default);

        first.Replies.Select(reply => (reply.Author, reply.Text)).ShouldBe([("kim", "/aiops confirm")]);
        second.Replies.Select(reply => reply.Author).ShouldBe(["lee"]);
        third.Replies.ShouldBeEmpty();
        first.Replies[0].At.ShouldBe(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_note_of_a_person_that_holds_our_marker_keeps_no_answer_back()
    {
        await tickets.OpenAsync(Key, Content, default);
        instance.Write(instance.Incidents.Keys.Single(), Marker.Answer(Key, "j1"), "mallory");
        await tickets.AnswerAsync(Key, "j1", "Noted.\n", default);
        instance.Journal.Count(note => note.ToJsonString().Contains("Noted.")).ShouldBe(1);
    }

    [Fact]
    public async Task Answers_to_people_are_notes_made_once()
    {
        await tickets.OpenAsync(Key, Content, default);
        await tickets.AnswerAsync(Key, "j1", "Noted.\n", default);
        await tickets.AnswerAsync(Key, "j1", "Noted.\n", default);
        instance.Journal.ShouldHaveSingleItem().ToJsonString().ShouldContain("Noted.");
        (await tickets.ReadAsync(Key, null, default)).Replies.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(400)]
    public async Task What_a_person_must_mend_is_refused_and_not_tried_again(int status)
    {
        peer.Next(new PeerAnswer(status, """{"error":{"message":"Insufficient rights","detail":"ACL"},"status":"failure"}"""));
        var refused = await Should.ThrowAsync<TicketSystemRefusedException>(() => tickets.OpenAsync(Key, Content, default));
        refused.Message.ShouldContain("Insufficient rights");
        peer.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_rate_limit_is_sat_out_and_an_outage_is_left_to_the_workflow()
    {
        peer.Next(PeerAnswer.Busy(0));
        await tickets.OpenAsync(Key, Content, default);
        instance.Incidents.Count.ShouldBe(1);

        peer.Next(new PeerAnswer(503), PeerAnswer.Busy(3_600));
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => Api().FindAsync(Key, default));
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => Api().FindAsync(Key, default));
    }

    [Fact]
    public async Task A_description_that_people_filled_is_cut_from_its_end_and_our_comment_stays_whole()
    {
        await tickets.OpenAsync(Key, Content with { Description = new string('d', 5_000) }, default);
        await tickets.CommentAsync(Key, Samples.Comment([.. Enumerable.Repeat("long text here", 100)]), default);
        var text = (string)instance.Incidents.Values.Single()["description"]!;
        text.Length.ShouldBe(4_000);
        text.ShouldContain(Marker.Comment(Key));
        text.ShouldEndWith("d…");
    }

    private ServiceNowApi Api() => new(
        new TicketHttp("ServiceNow", peer.Client, TicketHttp.Basic("aiops.bot", new Fixed("a-password")), TimeProvider.System), new ServiceNowOptions { Account = "aiops.bot" });

    private RemoteTicketSystem Over(ITicketLedger known) => new(Api(), known, new RemoteTicketOptions(), TimeProvider.System, NullLogger<RemoteTicketSystem>.Instance);
}
