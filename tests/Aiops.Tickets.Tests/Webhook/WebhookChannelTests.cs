using System.Text;
using System.Text.Json;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Intake.Formats.Webhook;
using Aiops.PortTests.Tickets;
using Aiops.Tickets.Http;
using Aiops.Tickets.Tests.Peer;
using Aiops.Tickets.Tests.Slack;
using Aiops.Tickets.Webhook;

namespace Aiops.Tickets.Tests.Webhook;

public sealed class WebhookChannelTests : IAsyncLifetime
{
    private const string Secret = "0123456789abcdef-secret";
    private WirePeer peer = null!;

    public async Task InitializeAsync() => peer = await WirePeer.StartAsync(_ => new PeerAnswer(200, ""));

    public async Task DisposeAsync() => await peer.DisposeAsync();

    [Fact]
    public async Task What_is_sent_is_signed_as_our_own_intake_asks_for_it()
    {
        await Channel().NotifyAsync("INC-1", SlackChannelTests.Notice("one 日本"), default);
        var call = peer.Calls.ShouldHaveSingleItem();
        var body = Encoding.UTF8.GetBytes(call.Body);
        WebhookSignature.Problem(
            Secret, call.Headers[WebhookSignature.TimestampHeader], call.Headers[WebhookSignature.SignatureHeader], body, TimeProvider.System.GetUtcNow()).ShouldBeNull();
        JsonDocument.Parse(call.Body).RootElement.GetProperty("incidentId").GetString().ShouldBe("INC-1");
        call.Body.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task A_content_has_one_id_however_often_it_is_sent_and_the_next_has_another()
    {
        var channel = Channel();
        peer.LosesNextAnswer = true;
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => channel.NotifyAsync("INC-1", SlackChannelTests.Notice("one"), default));
        await channel.NotifyAsync("INC-1", SlackChannelTests.Notice("one"), default);
        await channel.NotifyAsync("INC-1", SlackChannelTests.Notice("one"), default);
        await channel.NotifyAsync("INC-1", SlackChannelTests.Notice("two"), default);
        peer.Calls.Select(call => JsonDocument.Parse(call.Body).RootElement.GetProperty("id").GetString()).ShouldBe(["INC-1/1", "INC-1/1", "INC-1/2"]);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_receiver_that_says_no_needs_a_person(int status)
    {
        peer.Next(new PeerAnswer(status));
        await Should.ThrowAsync<TicketSystemRefusedException>(() => Channel().NotifyAsync("INC-1", SlackChannelTests.Notice("one"), default));
    }

    private WebhookChannel Channel() => new(
        new TicketHttp("the webhook", peer.Client, (_, _) => ValueTask.CompletedTask, TimeProvider.System), new Fixed(Secret), new InMemoryTicketLedger(TimeProvider.System),
        TimeProvider.System, peer.Url + "hook");
}
