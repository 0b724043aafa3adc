using System.Text.Json;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.PortTests.Tickets;
using Aiops.Tickets.Http;
using Aiops.Tickets.Slack;
using Aiops.Tickets.Tests.Markdown;
using Aiops.Tickets.Tests.Peer;

namespace Aiops.Tickets.Tests.Slack;

/// <summary>Against answers as "chat.postMessage" and "chat.update" document them.</summary>
public sealed class SlackChannelTests : IAsyncLifetime
{
    private readonly InMemoryTicketLedger ledger = new(TimeProvider.System);
    private WirePeer peer = null!;
    private SlackChannel channel = null!;

    public async Task InitializeAsync()
    {
        peer = await WirePeer.StartAsync(_ => new PeerAnswer(200, """{"ok":true,"channel":"C123","ts":"1503435956.000247","message":{}}"""));
        channel = new SlackChannel(new TicketHttp("Slack", peer.Client, TicketHttp.Authorization("Bearer", new Fixed("xoxb-very-secret")), TimeProvider.System), ledger, "#ops");
    }

    public async Task DisposeAsync() => await peer.DisposeAsync();

    [Fact]
    public async Task An_incident_is_one_message_that_is_edited_and_the_same_content_is_told_once()
    {
        await channel.NotifyAsync("INC-1", Notice("one"), default);
        await channel.NotifyAsync("INC-1", Notice("one"), default);
        await channel.NotifyAsync("INC-1", Notice("two"), default);

        peer.Calls.Select(call => call.Path).ShouldBe(["/chat.postMessage", "/chat.update"]);
        var (posted, edited) = (Body(0), Body(1));
        posted.GetProperty("channel").GetString().ShouldBe("#ops");
        posted.GetProperty("metadata").GetProperty("event_payload").GetProperty("incident").GetString().ShouldBe("INC-1");
        edited.GetProperty("channel").GetString().ShouldBe("C123");
        edited.GetProperty("ts").GetString().ShouldBe("1503435956.000247");
        edited.GetProperty("blocks").ToString().ShouldContain("two");
        peer.Calls.ShouldAllBe(call => call.Headers["Authorization"] == "Bearer xoxb-very-secret");
    }

    [Fact]
    public async Task Another_signature_in_the_reports_address_is_no_news()
    {
        await channel.NotifyAsync("INC-1", Notice("one"), default);
        await channel.NotifyAsync("INC-1", Notice("one", report: "https://reports.example/r?sig=2"), default);
        peer.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task That_it_is_over_is_said_in_the_thread_for_an_edit_pings_nobody()
    {
        await channel.NotifyAsync("INC-1", Notice("one"), default);
        await channel.NotifyAsync("INC-1", Notice("one") with { State = TicketState.Resolved }, default);
        peer.Calls.Count.ShouldBe(3);
        Body(2).GetProperty("thread_ts").GetString().ShouldBe("1503435956.000247");
    }

    [Fact]
    public async Task A_message_that_somebody_deleted_is_posted_anew()
    {
        await channel.NotifyAsync("INC-1", Notice("one"), default);
        peer.Next(Error("message_not_found"));
        await channel.NotifyAsync("INC-1", Notice("two"), default);
        peer.Calls.Select(call => call.Path).ShouldBe(["/chat.postMessage", "/chat.update", "/chat.postMessage"]);
    }

    [Theory]
    [InlineData("invalid_auth")]
    [InlineData("token_revoked")]
    [InlineData("not_in_channel")]
    [InlineData("missing_scope")]
    [InlineData("invalid_blocks")]
    public async Task A_no_under_status_200_is_a_no(string error)
    {
        peer.Next(Error(error));
        var refused = await Should.ThrowAsync<TicketSystemRefusedException>(() => channel.NotifyAsync("INC-1", Notice("one"), default));
        refused.Message.ShouldContain(error);
        refused.Message.ShouldNotContain("xoxb");
        peer.Calls.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("ratelimited")]
    [InlineData("internal_error")]
    public async Task A_later_under_status_200_is_a_later(string error)
    {
        peer.Next(Error(error));
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => channel.NotifyAsync("INC-1", Notice("one"), default));
        await channel.NotifyAsync("INC-1", Notice("one"), default);
        peer.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_rate_limit_is_sat_out_as_long_as_it_says()
    {
        peer.Next(PeerAnswer.Busy(0));
        await channel.NotifyAsync("INC-1", Notice("one"), default);
        peer.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Two_workers_with_one_notice_post_one_message()
    {
        var told = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            try
            {
                await channel.NotifyAsync("INC-1", Notice("one"), default);
                return true;
            }
            catch (TicketSystemUnavailableException) // The workflow tries again.
            {
                return false;
            }
        }));
        told.ShouldContain(true);
        peer.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_text_that_would_call_everybody_does_not()
    {
        await channel.NotifyAsync("INC-1", Notice("<!channel>") with { Text = "<!channel> & <@U1>" }, default);
        Body(0).GetProperty("text").GetString().ShouldBe("&lt;!channel&gt; &amp; &lt;@U1&gt;");
    }

    private JsonElement Body(int call) => JsonDocument.Parse(peer.Calls.ElementAt(call).Body).RootElement;

    private static PeerAnswer Error(string error) => new(200, $$"""{"ok":false,"error":"{{error}}"}""");

    internal static Notice Notice(string text, string report = Samples.Report)
        => new("SEV2 checkout", text, Samples.Comment(text).Replace(Samples.Report, report, StringComparison.Ordinal), Severity.Sev2, TicketState.Open, "https://tickets.example/1", report);
}
