using System.Text;
using System.Text.Json;
using Aiops.Pipeline.Comment;
using Aiops.PortTests.Tickets;
using Aiops.Tickets.Http;
using Aiops.Tickets.Teams;
using Aiops.Tickets.Tests.Peer;
using Aiops.Tickets.Tests.Slack;

namespace Aiops.Tickets.Tests.Teams;

/// <summary>Against a flow as "Create incoming webhooks with Workflows for Microsoft Teams" describes it: 202 and no body.</summary>
public sealed class TeamsChannelTests : IAsyncLifetime
{
    private WirePeer peer = null!;
    private TeamsChannel channel = null!;

    public async Task InitializeAsync()
    {
        peer = await WirePeer.StartAsync(_ => new PeerAnswer(202, ""));
        channel = Over(peer.Url + "workflows/1/triggers/manual/paths/invoke?sig=very-secret");
    }

    public async Task DisposeAsync() => await peer.DisposeAsync();

    [Fact]
    public async Task Each_content_is_one_card_and_a_later_one_says_that_it_replaces_the_first()
    {
        await channel.NotifyAsync("INC-1", SlackChannelTests.Notice("one"), default);
        await channel.NotifyAsync("INC-1", SlackChannelTests.Notice("one"), default);
        await channel.NotifyAsync("INC-1", SlackChannelTests.Notice("two"), default);

        peer.Calls.Count.ShouldBe(2);
        Card(0).ToString().ShouldNotContain("Analysed anew");
        Card(1).ToString().ShouldContain("Analysed anew; this replaces the card above.");
        Card(1).GetProperty("actions").EnumerateArray().Select(action => action.GetProperty("title").GetString()).ShouldBe(["Full report", "Ticket"]);
        peer.Calls.First().Query["sig"].ShouldBe("very-secret");
    }

    [Fact]
    public async Task The_largest_card_of_any_letters_stays_below_28_KB_with_its_envelope()
    {
        await channel.NotifyAsync("INC-1", SlackChannelTests.Notice(string.Concat(Enumerable.Repeat("日本語 <é> ", 4_000))), default);
        var notice = SlackChannelTests.Notice("x");
        await channel.NotifyAsync("INC-2", notice with { Markdown = notice.Markdown.Replace("nothing", string.Concat(Enumerable.Repeat("\n   - 日本", 9_000)), StringComparison.Ordinal) }, default);
        peer.Calls.ShouldAllBe(call => Encoding.UTF8.GetByteCount(call.Body) <= 28 * 1024);
        Encoding.UTF8.GetByteCount(peer.Calls.Last().Body).ShouldBeGreaterThan(20_000);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(400)]
    public async Task A_flow_that_is_gone_or_says_no_needs_a_person_and_its_address_stays_secret(int status)
    {
        peer.Next(new PeerAnswer(status, """{"error":{"code":"WorkflowTriggerIsNotEnabled"}}"""));
        var refused = await Should.ThrowAsync<TicketSystemRefusedException>(() => channel.NotifyAsync("INC-1", SlackChannelTests.Notice("one"), default));
        refused.ToString().ShouldNotContain("very-secret");
    }

    [Fact]
    public async Task A_flow_that_is_busy_is_told_again_and_only_once()
    {
        peer.Next(PeerAnswer.Busy(0), new PeerAnswer(502));
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => channel.NotifyAsync("INC-1", SlackChannelTests.Notice("one"), default));
        await channel.NotifyAsync("INC-1", SlackChannelTests.Notice("one"), default);
        await channel.NotifyAsync("INC-1", SlackChannelTests.Notice("one"), default);
        peer.Calls.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("http://flows.example/hook")]
    [InlineData("no address")]
    public async Task An_address_that_is_not_encrypted_is_not_used(string address)
        => await Should.ThrowAsync<TicketSystemRefusedException>(() => Over(address).NotifyAsync("INC-1", SlackChannelTests.Notice("one"), default));

    private TeamsChannel Over(string address) => new(
        new TicketHttp("Microsoft Teams", peer.Client, (_, _) => ValueTask.CompletedTask, TimeProvider.System), new Fixed(address), new InMemoryTicketLedger(TimeProvider.System), "ops");

    private JsonElement Card(int call) => JsonDocument.Parse(peer.Calls.ElementAt(call).Body).RootElement.GetProperty("attachments")[0].GetProperty("content");
}
