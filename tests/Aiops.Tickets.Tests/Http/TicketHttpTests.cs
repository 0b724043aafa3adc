using Aiops.Pipeline.Comment;
using Aiops.PortTests;
using Aiops.Tickets.Http;
using Aiops.Tickets.Tests.Peer;

namespace Aiops.Tickets.Tests.Http;

/// <summary>What each answer of a server means, the same for all systems.</summary>
public sealed class TicketHttpTests : IAsyncLifetime
{
    private const string Token = "planted-token-0123456789";

    private readonly ManualTimeProvider clock = new();
    private WirePeer peer = null!;
    private HttpClient client = null!;

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        peer = await WirePeer.StartAsync(_ => new PeerAnswer(200));
        client = peer.Client;
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await peer.DisposeAsync();
    }

    [Theory]
    [InlineData(400, typeof(TicketSystemRefusedException))]
    [InlineData(401, typeof(TicketSystemRefusedException))]
    [InlineData(403, typeof(TicketSystemRefusedException))]
    [InlineData(404, typeof(TicketGoneException))]
    [InlineData(408, typeof(TicketSystemUnavailableException))]
    [InlineData(409, typeof(TicketSystemUnavailableException))]
    [InlineData(410, typeof(TicketGoneException))]
    [InlineData(413, typeof(TicketSystemRefusedException))]
    [InlineData(422, typeof(TicketSystemRefusedException))]
    [InlineData(500, typeof(TicketSystemUnavailableException))]
    [InlineData(502, typeof(TicketSystemUnavailableException))]
    [InlineData(503, typeof(TicketSystemUnavailableException))]
    public async Task A_status_says_whether_it_may_work_later_and_the_request_is_sent_once(int status, Type thrown)
    {
        peer.Next(new PeerAnswer(status, """{"message":"as the server says"}"""));
        var e = await Should.ThrowAsync(() => GetAsync(), thrown);
        e.Message.ShouldContain("as the server says");
        peer.Calls.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(403)]
    public async Task A_short_Retry_After_is_sat_out_and_the_request_sent_again(int status)
    {
        peer.Next(new PeerAnswer(status, "{}", new() { ["Retry-After"] = "0" }), new PeerAnswer(status, "{}", new() { ["Retry-After"] = "0" }));
        await GetAsync();
        peer.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_limit_that_goes_on_is_left_to_the_workflow_after_three_attempts()
    {
        peer.Next(PeerAnswer.Busy(0), PeerAnswer.Busy(0), PeerAnswer.Busy(0));
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => GetAsync());
        peer.Calls.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("Retry-After", "11")]
    [InlineData("X-RateLimit-Reset", "4102444800")]
    public async Task A_longer_wait_than_ten_seconds_is_left_to_the_workflow_at_once(string header, string value)
    {
        peer.Next(new PeerAnswer(429, "{}", new() { [header] = value }));
        (await Should.ThrowAsync<TicketSystemUnavailableException>(() => GetAsync())).Message.ShouldContain("takes no more requests for");
        peer.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_page_of_a_proxy_in_an_answers_place_is_an_outage()
    {
        peer.Next(new PeerAnswer(200, "<html>We'll be back soon</html>"));
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => GetAsync());
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_our_credentials()
    {
        using HttpClient real = new Aiops.Tickets.Settings.SystemParts("tickets.json", new SecretSources(_ => null, null, "/"), clock).Client(peer.Url);
        peer.Next(new PeerAnswer(302, "", new() { ["Location"] = "/elsewhere" }));
        await Should.ThrowAsync<TicketSystemRefusedException>(() => Http(real).GetAsync("here", None));
        peer.Calls.ShouldHaveSingleItem().Path.ShouldBe("/here");
    }

    [Fact]
    public async Task A_server_that_says_our_token_back_puts_it_into_no_message()
    {
        var basic = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"bot:{Token}"));
        peer.Next(new PeerAnswer(401, $$"""{"message":"not {{Token}}, nor {{basic}}"}"""), new PeerAnswer(401, $$"""{"message":"not {{Token}}, nor {{basic}}"}"""));
        foreach (var authorize in new[] { TicketHttp.Basic("bot", new Fixed(Token)), TicketHttp.Authorization("Bearer", new Fixed(Token)) })
        {
            var refused = await Should.ThrowAsync<TicketSystemRefusedException>(() => new TicketHttp("Peer", client, authorize, clock).GetAsync("here?token=of-the-query", None));
            refused.ToString().ShouldNotContain(Token);
            refused.ToString().ShouldNotContain("of-the-query");
        }
    }

    [Fact]
    public async Task A_server_that_is_not_there_may_be_later()
    {
        using HttpClient nobody = new() { BaseAddress = new Uri("http://127.0.0.1:1/") };
        (await Should.ThrowAsync<TicketSystemUnavailableException>(() => Http(nobody).GetAsync("here", None))).ToString().ShouldNotContain(Token);
    }

    [Fact]
    public async Task Being_stopped_is_no_failure_of_the_server()
    {
        using CancellationTokenSource stopped = new();
        await stopped.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Http(client).GetAsync("here", stopped.Token));
    }

    private Task<System.Text.Json.Nodes.JsonNode> GetAsync() => Http(client).GetAsync("here", None);

    private TicketHttp Http(HttpClient by) => new("Peer", by, TicketHttp.Header("X-Key", new Fixed(Token)), TimeProvider.System);
}
