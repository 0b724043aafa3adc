using System.Net;
using System.Text.Json;
using ModelContextProtocol.Client;
using static Aiops.Mcp.Tests.Http.HttpTestServer;

namespace Aiops.Mcp.Tests.Http;

public sealed class SessionTests(World world) : IClassFixture<World>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task It_goes_on_by_its_id_and_ends_with_delete()
    {
        await using var server = await StartAsync(world.Ports);
        var id = await server.OpenAsync();
        (await (await server.SendAsync(ListTools, id)).Content.ReadAsStringAsync()).ShouldContain("list_incidents");
        (await server.StatusAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", id)).ShouldBe(HttpStatusCode.Accepted);
        (await server.StatusAsync(null, id, HttpMethod.Delete)).ShouldBe(HttpStatusCode.OK);
        (await server.StatusAsync(ListTools, id)).ShouldBe(HttpStatusCode.NotFound);
        (await server.StatusAsync(null, id, HttpMethod.Delete)).ShouldBe(HttpStatusCode.NotFound);
        (await server.StatusAsync(null, id, HttpMethod.Get)).ShouldBe(HttpStatusCode.NotFound);
        (await server.OpenAsync()).ShouldNotBe(id);
    }

    [Fact]
    public async Task It_is_of_the_token_that_opened_it_and_of_no_other()
    {
        await using var server = await StartAsync(world.Ports);
        var id = await server.OpenAsync("reviewer");
        (await (await server.SendAsync(ListTools, id, change: With("reviewer"))).Content.ReadAsStringAsync()).ShouldContain("review_incident");
        (await server.LivesAsync(id, "reader")).ShouldBeFalse();
        (await server.LivesAsync(id)).ShouldBeFalse();
        (await server.StatusAsync(null, id, HttpMethod.Get, With("reader"))).ShouldBe(HttpStatusCode.NotFound);
        (await server.StatusAsync(null, id, HttpMethod.Delete, With("reader"))).ShouldBe(HttpStatusCode.NotFound);
        (await server.StatusAsync(ListTools, id, change: With("nobody's"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await server.LivesAsync(id, "reviewer")).ShouldBeTrue();
        (await (await server.SendAsync(ListTools, await server.OpenAsync("reader"), change: With("reader"))).Content.ReadAsStringAsync()).ShouldNotContain("review_incident");
    }

    [Fact]
    public async Task Unused_it_ends_when_its_time_is_up_and_not_before()
    {
        await using var server = await StartAsync(world.Ports);
        var (used, unused) = (await server.OpenAsync(), await server.OpenAsync());
        server.Clock.Advance(TimeSpan.FromMinutes(15) - Second);
        (await server.LivesAsync(used)).ShouldBeTrue();
        server.Clock.Advance(Second);
        (await server.LivesAsync(unused)).ShouldBeFalse();
        server.Clock.Advance(TimeSpan.FromMinutes(15) - Second - Second); // Its time began anew.
        (await server.LivesAsync(used)).ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_listens_and_answers_pings_keeps_it_for_hours()
    {
        await using var server = await StartAsync(world.Ports);
        var id = await server.OpenAsync();
        using var heard = await server.ListenAsync(id);
        for (var i = 0; i < 4 * 60; i++)
        {
            server.Clock.Advance(PingEvery);
            await AnswerAsync(server, id, await PingAsync(heard));
        }

        (await server.LivesAsync(id)).ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_listens_and_answers_nothing_loses_it_and_isn_t_listened_for_any_more()
    {
        await using var server = await StartAsync(world.Ports);
        var (awake, asleep) = (await server.OpenAsync(), await server.OpenAsync());
        using var heard = await server.ListenAsync(awake);
        using var unheard = await server.ListenAsync(asleep);
        server.Clock.Advance(TimeSpan.FromMinutes(15) - Second);
        await AnswerAsync(server, awake, await PingAsync(heard));
        server.Clock.Advance(Second);
        (await server.LivesAsync(asleep)).ShouldBeFalse();
        (await unheard.ReadToEndAsync()).ShouldStartWith("event: message");
        (await server.LivesAsync(awake)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_newest_listener_is_the_one_that_is_listened_for()
    {
        await using var server = await StartAsync(world.Ports);
        var id = await server.OpenAsync();
        using var broken = await server.ListenAsync(id);
        using var heard = await server.ListenAsync(id);
        (await broken.ReadToEndAsync()).ShouldBeEmpty();
        server.Clock.Advance(PingEvery);
        await AnswerAsync(server, id, await PingAsync(heard));
        heard.Dispose();
        using var again = await server.ListenAsync(id);
        server.Clock.Advance(PingEvery);
        await PingAsync(again);
    }

    [Fact]
    public async Task A_client_that_others_wrote_answers_pings_and_ends_what_it_began()
    {
        await using var server = await StartAsync(world.Ports, options => options with { MostSessions = 2 });
        using CountingHandler answers = new();
        using HttpClient http = new(answers);
        HttpClientTransportOptions options = new() { Endpoint = server.Address, TransportMode = HttpTransportMode.StreamableHttp };
        var listening = server.Clock.WhenSet(PingEvery);
        await using (var client = await McpClient.CreateAsync(new HttpClientTransport(options, http)))
        {
            await listening;
            for (var i = 0; i < 60; i++)
            {
                server.Clock.Advance(PingEvery);
                await answers.AnsweredAsync();
            }

            (await client.AskAsync("get_report", ("incidentId", world.Incident.Id))).At("result", "round").GetInt32().ShouldBe(1);
            (await server.FullAsync()).ShouldBe(TimeSpan.FromMinutes(1));
        }

        await server.OpenAsync();
    }

    [Fact]
    public async Task Where_all_places_are_held_by_idle_listeners_the_longest_silent_makes_room()
    {
        await using var server = await StartAsync(world.Ports, options => options with { MostSessions = 4 });
        var (first, second) = (await server.OpenAsync(), await server.OpenAsync());
        using var unheard = await server.ListenAsync(first);
        using var heard = await server.ListenAsync(second);
        server.Clock.Advance(PingEvery);
        await AnswerAsync(server, first, await PingAsync(unheard)); // To be alive is no wish.
        server.Clock.Advance(PingEvery - Second);
        (await server.FullAsync()).ShouldBe(Second);
        server.Clock.Advance(Second);
        var third = await server.OpenAsync();
        (await unheard.ReadToEndAsync()).ShouldNotContain("error");
        (await server.LivesAsync(first)).ShouldBeFalse();
        (await server.LivesAsync(second)).ShouldBeTrue();
        (await server.LivesAsync(third)).ShouldBeTrue();
    }

    [Fact]
    public async Task To_ping_the_server_keeps_a_session_but_not_its_place()
    {
        await using var server = await StartAsync(world.Ports, options => options with { MostSessions = 2 });
        var id = await server.OpenAsync();
        for (var i = 0; i < 40; i++)
        {
            server.Clock.Advance(PingEvery); // Twenty minutes in all, which is more than it would live unheard.
            (await server.StatusAsync("""{"jsonrpc":"2.0","id":"p","method":"ping"}""", id)).ShouldBe(HttpStatusCode.OK);
        }

        await server.OpenAsync();
        (await server.LivesAsync(id)).ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_spoke_last_stays_the_longest_and_whoever_was_let_go_begins_anew()
    {
        await using var server = await StartAsync(world.Ports, options => options with { MostSessions = 4 });
        var (first, second) = (await server.OpenAsync(), await server.OpenAsync());
        server.Clock.Advance(Second);
        (await server.LivesAsync(first)).ShouldBeTrue();
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        await server.OpenAsync();
        (await server.LivesAsync(second)).ShouldBeFalse();
        await server.OpenAsync(); // As a client does that is told so.
        (await server.LivesAsync(first)).ShouldBeFalse();
    }

    [Fact]
    public async Task Those_of_one_token_crowd_out_each_other_and_those_without_one_nobody_else()
    {
        await using var server = await StartAsync(world.Ports, options => options with { MostSessions = 4 });
        var (a, b) = (await server.OpenAsync("reader"), await server.OpenAsync("reader"));
        await server.FullAsync("reader");
        var (c, d) = (await server.OpenAsync("reviewer"), await server.OpenAsync("reviewer"));
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        (await server.FullAsync()).ShouldBeNull(); // There is none without a token that could make room.
        await server.OpenAsync("reviewer");
        (await server.LivesAsync(a, "reader")).ShouldBeTrue();
        (await server.LivesAsync(b, "reader")).ShouldBeTrue();
        (await server.LivesAsync(c, "reviewer")).ShouldBeFalse();
        (await server.LivesAsync(d, "reviewer")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_token_finds_room_among_those_without_one()
    {
        await using var server = await StartAsync(world.Ports, options => options with { MostSessions = 4 });
        var (a, b) = (await server.OpenAsync(), await server.OpenAsync());
        await server.FullAsync();
        var (c, d) = (await server.OpenAsync("reader"), await server.OpenAsync("reader"));
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        await server.OpenAsync("reviewer");
        (await server.LivesAsync(a)).ShouldBeFalse();
        (await server.LivesAsync(b)).ShouldBeTrue();
        (await server.LivesAsync(c, "reader")).ShouldBeTrue();
        await server.StatusAsync(null, d, HttpMethod.Delete, With("reader"));
        await server.OpenAsync("reader");
    }

    [Fact]
    public async Task In_the_midst_of_a_call_nobody_is_let_go()
    {
        await using WaitingTool tool = new();
        await using var server = await StartAsync(world.Ports with { More = [tool] }, options => options with { MostSessions = 1 });
        var id = await server.OpenAsync();
        var call = server.SendAsync(WaitingTool.Call(7), id);
        await tool.EnteredAsync();
        server.Clock.Advance(TimeSpan.FromHours(1));
        (await server.FullAsync()).ShouldBeNull(); // Nobody knows when the call ends.
        tool.Finish();
        (await (await call).Content.ReadAsStringAsync()).ShouldContain("finished");
        (await server.FullAsync()).ShouldBe(TimeSpan.FromMinutes(1)); // Its time begins at the end of the call.
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await server.OpenAsync();
    }

    [Fact]
    public async Task A_call_that_was_called_off_holds_nothing()
    {
        await using WaitingTool tool = new();
        await using var server = await StartAsync(world.Ports with { More = [tool] });
        var id = await server.OpenAsync();
        var call = server.SendAsync(WaitingTool.Call(7), id);
        await tool.EnteredAsync();
        (await server.StatusAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":8}}""", id)).ShouldBe(HttpStatusCode.Accepted);
        (await server.StatusAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":[]}}""", id)).ShouldBe(HttpStatusCode.Accepted);
        (await server.StatusAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}""", id)).ShouldBe(HttpStatusCode.Accepted);
        (await (await call).Content.ReadAsStringAsync()).ShouldBeEmpty();
        server.Clock.Advance(TimeSpan.FromMinutes(15));
        (await server.LivesAsync(id)).ShouldBeFalse();
    }

    [Fact]
    public async Task Calls_under_way_are_told_apart_by_their_ids_and_are_sixteen_at_most()
    {
        await using WaitingTool tool = new();
        await using var server = await StartAsync(world.Ports with { More = [tool] });
        var id = await server.OpenAsync();
        List<Task<HttpResponseMessage>> calls = [];
        for (var i = 1; i <= 16; i++)
        {
            calls.Add(server.SendAsync(WaitingTool.Call(i), id));
            await tool.EnteredAsync();
        }

        (await server.StatusAsync(WaitingTool.Call(17), id)).ShouldBe(HttpStatusCode.TooManyRequests);
        (await server.StatusAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":16}}""", id)).ShouldBe(HttpStatusCode.Accepted);
        await calls[15];
        var again = await server.SendAsync(WaitingTool.Call(1), id);
        again.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonElement.Parse(await again.Content.ReadAsStringAsync()).At("id").GetInt32().ShouldBe(1);
        tool.Finish();
        foreach (var call in calls[..15])
        {
            (await (await call).Content.ReadAsStringAsync()).ShouldContain("finished");
        }

        (await server.LivesAsync(id)).ShouldBeTrue();
    }

    /// <returns>The id of the next ping.</returns>
    private static async Task<string> PingAsync(StreamReader heard)
    {
        while (true)
        {
            var line = await heard.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)) ?? throw new InvalidOperationException("The stream ended.");
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                var ping = JsonElement.Parse(line[6..]);
                ping.At("method").GetString().ShouldBe("ping");
                return ping.At("id").GetString()!;
            }
        }
    }

    private static async Task AnswerAsync(HttpTestServer server, string session, string ping)
        => (await server.StatusAsync($$$"""{"jsonrpc":"2.0","id":"{{{ping}}}","result":{}}""", session)).ShouldBe(HttpStatusCode.Accepted);
}
