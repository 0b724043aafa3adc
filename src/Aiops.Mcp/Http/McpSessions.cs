using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Aiops.Mcp.Http;

/// <summary>The sessions that are open: so many at most, and none that nobody lives in.</summary>
/// <remarks>
/// A session ends a while after the client's last sign of life, and whoever listens is asked for one. Where there is no room, whoever
/// has wanted nothing for the longest makes it: to listen for ever keeps a session only as long as nobody needs its place.
/// </remarks>
internal sealed partial class McpSessions(AiopsMcp mcp, McpHttpOptions options, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    /// <summary>Who waits for a session's end waits no longer: a tool may be at work in it that doesn't hear that it was called off.</summary>
    public static readonly TimeSpan ClosedWithin = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, HttpSession> open = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly ILogger<McpSessions> logger = loggers.CreateLogger<McpSessions>();

    /// <summary>In use from the start: whoever opens one leaves it again.</summary>
    /// <returns>The session, or why there is no room for it.</returns>
    public async Task<(HttpSession? Session, Refusal? Refusal)> OpenAsync(string? callerId, Func<McpCaller?> caller)
    {
        await EndIdleAsync();
        HttpSession? letGo = null;
        try
        {
            lock (gate)
            {
                if (!TryMakeRoom(callerId, out letGo, out var refusal))
                {
                    return (null, refusal);
                }

                StreamableHttpServerTransport transport = new(loggers) { SessionId = RandomNumberGenerator.GetHexString(32, lowercase: true) };
                HttpSession session = new(transport, over => mcp.NewSession(over, caller), callerId, time.GetUtcNow()) { Users = 1 };
                open[session.Id] = session;
                return (session, null);
            }
        }
        finally
        {
            if (letGo is not null)
            {
                LogLetGo(letGo.LastSpoke);
                await CloseAsync(letGo);
            }
        }
    }

    /// <summary>In use from now on, so that it doesn't end meanwhile.</summary>
    /// <param name="speaks">Whether the client wants something, or only shows that it is there.</param>
    /// <returns>Null where there is none of that id, or none any more, or it is somebody else's.</returns>
    public async Task<HttpSession?> EnterAsync(string id, string? callerId, bool speaks)
    {
        await EndIdleAsync();
        lock (gate)
        {
            if (!open.TryGetValue(id, out var session) || session.CallerId != callerId)
            {
                return null;
            }

            session.Users++;
            Hear(session, speaks);
            return session;
        }
    }

    public void Leave(HttpSession session, bool speaks)
    {
        lock (gate)
        {
            session.Users--;
            Hear(session, speaks);
        }
    }

    public Task EndAsync(HttpSession session) => EndAllAsync(one => one == session);

    public Task EndIdleAsync()
    {
        var since = time.GetUtcNow() - options.IdleAfter;
        return EndAllAsync(session => session.Users == 0 && session.LastHeard <= since);
    }

    public async ValueTask DisposeAsync() => await EndAllAsync(_ => true);

    private async Task EndAllAsync(Predicate<HttpSession> which)
    {
        List<HttpSession> ending;
        lock (gate)
        {
            ending = [.. open.Values.Where(session => which(session))];
            ending.ForEach(session => open.Remove(session.Id));
        }

        await Task.WhenAll(ending.Select(CloseAsync));
    }

    /// <summary>For outside the lock, once nobody finds it any more. However it goes, whoever made it end goes on.</summary>
    private async Task CloseAsync(HttpSession session)
    {
        try
        {
            await session.DisposeAsync().AsTask().WaitAsync(ClosedWithin, time);
        }
        catch (Exception e)
        {
            LogNotClosed(e);
        }
    }

    /// <summary>Whoever has its own share full makes room among its own, and whoever has no token among those without: nobody crowds out the others.</summary>
    private bool TryMakeRoom(string? callerId, out HttpSession? letGo, out Refusal? refusal)
    {
        (letGo, refusal) = (null, null);
        List<HttpSession> own = [.. open.Values.Where(session => session.CallerId == callerId)];
        var shareIsFull = own.Count >= options.MostOfOne;
        if (!shareIsFull && open.Count < options.MostSessions)
        {
            return true;
        }

        var longest = (shareIsFull || callerId is null ? own : [.. open.Values]).Where(session => session.Users == 0).MinBy(session => session.LastSpoke);
        var wait = longest?.LastSpoke + options.SparedFor - time.GetUtcNow();
        if (longest is null || wait > TimeSpan.Zero)
        {
            refusal = new Refusal(StatusCodes.Status503ServiceUnavailable, "Too many sessions are open, and all in use. End one with DELETE, or try again later.") { RetryAfter = wait };
            return false;
        }

        open.Remove(longest.Id);
        letGo = longest;
        return true;
    }

    private void Hear(HttpSession session, bool speaks)
    {
        session.LastHeard = time.GetUtcNow();
        if (speaks)
        {
            session.LastSpoke = session.LastHeard;
        }
    }

    [LoggerMessage(LogLevel.Information, "A session in which nobody spoke since {LastSpoke:u} made room for another")]
    private partial void LogLetGo(DateTimeOffset lastSpoke);

    [LoggerMessage(LogLevel.Warning, "A session that ended didn't close as it should")]
    private partial void LogNotClosed(Exception exception);
}
