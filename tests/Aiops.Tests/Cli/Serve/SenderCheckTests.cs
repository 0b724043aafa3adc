using System.Net;
using Aiops.Cli.Serve;

namespace Aiops.Tests.Cli.Serve;

public sealed class SenderCheckTests
{
    private const string Token = "correct-horse-battery";
    private const string Event = """{"title": "down"}""";

    [Theory]
    [InlineData("/events")]
    [InlineData("/webhook")]
    [InlineData("/alertmanager")]
    [InlineData("/grafana")]
    public async Task With_a_token_set_only_who_sends_it_may_post(string path)
    {
        await using var server = await RunningServer.StartAsync(WithToken());
        (await server.PostAsync(path, Event, ("Authorization", $"Bearer {Token}"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await server.PostAsync(path, Event, ("Authorization", $"bearer  {Token}"))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var refused = await server.PostAsync(path, Event);
        await refused.ShouldBeRefusedAsync(HttpStatusCode.Unauthorized, "a token is needed");
        refused.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await server.QueuedAsync()).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("Bearer correct-horse-batterx")]
    [InlineData("Bearer correct-horse-battery-")]
    [InlineData("Bearer correct-horse-batter")]
    [InlineData("Bearer")]
    [InlineData("Basic correct-horse-battery")]
    [InlineData("correct-horse-battery")]
    public async Task A_token_that_is_nearly_right_is_wrong(string authorization)
    {
        await using var server = await RunningServer.StartAsync(WithToken());
        await (await server.PostAsync("/events", Event, ("Authorization", authorization)))
            .ShouldBeRefusedAsync(HttpStatusCode.Unauthorized, "wrong");
    }

    [Theory]
    [InlineData("Origin", "https://example.net")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("X-Forwarded-For", "192.0.2.7")]
    [InlineData("Host", "rebound.example.net")]
    public async Task Without_a_token_browsers_and_the_world_behind_a_proxy_may_not_post(string header, string value)
    {
        await using var server = await RunningServer.StartAsync();
        await (await server.PostAsync("/events", Event, (header, value))).ShouldBeRefusedAsync(HttpStatusCode.Forbidden, "this machine");
        (await server.QueuedAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("localhost:8321")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:8321")]
    public async Task Without_a_token_programs_on_this_machine_may_post(string host)
    {
        await using var server = await RunningServer.StartAsync();
        (await server.PostAsync("/events", Event, ("Host", host))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private static EventServerOptions WithToken() => new() { Listen = RunningServer.AnyPort, Token = Token };
}
