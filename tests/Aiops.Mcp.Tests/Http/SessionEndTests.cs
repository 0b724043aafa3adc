using System.Net;
using Aiops.Mcp.Http;
using Microsoft.Extensions.Logging.Abstractions;
using static Aiops.Mcp.Tests.Http.HttpTestServer;

namespace Aiops.Mcp.Tests.Http;

/// <summary>A session that ends badly is nobody else's trouble.</summary>
public sealed class SessionEndTests(World world) : IClassFixture<World>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly RingingClock clock = new();

    [Fact]
    public async Task While_one_is_being_ended_the_others_are_entered()
    {
        await using var sessions = Sessions(most: 4);
        var (ending, other) = (await OpenAsync(sessions), await OpenAsync(sessions));
        var entered = false;
        var listening = ListenAsync(ending, () => entered = Task.Run(() => sessions.EnterAsync(other.Id, null, speaks: true)).Wait(Minute / 4));
        await sessions.EndAsync(ending);
        entered.ShouldBeTrue();
        await Should.ThrowAsync<OperationCanceledException>(listening);
    }

    [Fact]
    public async Task Whoever_makes_room_unwillingly_takes_neither_the_newcomer_nor_a_place_along()
    {
        await using var sessions = Sessions(most: 1);
        var first = await OpenAsync(sessions);
        var listening = ListenAsync(first, () => throw new InvalidOperationException("I stay."));
        for (var i = 0; i < 2; i++)
        {
            clock.Advance(Minute);
            await OpenAsync(sessions);
        }

        (await sessions.EnterAsync(first.Id, null, speaks: true)).ShouldBeNull();
        await Should.ThrowAsync<OperationCanceledException>(listening);
    }

    [Fact]
    public async Task Of_several_whose_time_is_up_each_is_closed_whatever_the_one_before_does()
    {
        await using var sessions = Sessions(most: 4);
        var (first, second) = (await OpenAsync(sessions), await OpenAsync(sessions));
        List<Task> listening = [ListenAsync(first, () => throw new InvalidOperationException("I stay.")), ListenAsync(second, () => { })];
        clock.Advance(15 * Minute);
        await sessions.EndIdleAsync();
        foreach (var one in listening)
        {
            await Should.ThrowAsync<OperationCanceledException>(one.WaitAsync(Minute));
        }
    }

    [Fact]
    public async Task A_tool_that_doesn_t_hear_that_it_was_called_off_is_waited_for_so_long_and_no_longer()
    {
        await using WaitingTool tool = new(deaf: true);
        await using var server = await StartAsync(world.Ports with { More = [tool] }, options => options with { MostSessions = 1 });
        var id = await server.OpenAsync();
        var call = server.SendAsync(WaitingTool.Call(7), id);
        await tool.EnteredAsync();
        (await server.StatusAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}""", id)).ShouldBe(HttpStatusCode.Accepted);
        await call;
        server.Clock.Advance(Minute);
        var waiting = server.Clock.WhenSet(McpSessions.ClosedWithin);
        var opening = server.OpenAsync();
        await waiting;
        server.Clock.Advance(McpSessions.ClosedWithin - TimeSpan.FromTicks(1));
        opening.IsCompleted.ShouldBeFalse();
        server.Clock.Advance(TimeSpan.FromTicks(1));
        (await server.LivesAsync(await opening.WaitAsync(Minute))).ShouldBeTrue();
    }

    private static async Task<HttpSession> OpenAsync(McpSessions sessions)
    {
        var (session, refusal) = await sessions.OpenAsync(null, () => null);
        session.ShouldNotBeNull(refusal?.Why);
        sessions.Leave(session, speaks: true);
        return session;
    }

    /// <param name="atTheEnd">Runs while the session ends.</param>
    private static Task ListenAsync(HttpSession session, Action atTheEnd) => session.ListenAsync(
        async ended =>
        {
            var waiting = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ended);
            await using var registered = ended.Register(atTheEnd); // Registered last, it runs first.
            await waiting;
        },
        CancellationToken.None);

    private McpSessions Sessions(int most) => new(
        new AiopsMcp(world.Ports, NullLoggerFactory.Instance),
        new McpHttpOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), MostSessions = most },
        clock,
        NullLoggerFactory.Instance);
}
