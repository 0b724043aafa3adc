using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Aiops.Mcp.Http;

/// <summary>The sessions that are open: so many at most, and none for longer than somebody uses it.</summary>
internal sealed class McpSessions(AiopsMcp mcp, McpHttpOptions options, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly Dictionary<string, HttpSession> open = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>In use from the start: whoever asks for one leaves it again.</summary>
    /// <returns>Null where there are too many.</returns>
    public async Task<HttpSession?> OpenAsync(string? callerId, Func<McpCaller?> caller)
    {
        await EndIdleAsync();
        lock (gate)
        {
            if (open.Count >= options.MostSessions || (callerId is null && open.Values.Count(session => session.CallerId is null) >= options.MostNameless))
            {
                return null;
            }

            StreamableHttpServerTransport transport = new(loggers) { SessionId = RandomNumberGenerator.GetHexString(32, lowercase: true) };
            HttpSession session = new(transport, over => mcp.NewSession(over, caller), callerId);
            open[session.Id] = session;
            return session;
        }
    }

    /// <summary>In use from now on, so that it doesn't end meanwhile.</summary>
    /// <returns>Null where there is none of that id, or it is somebody else's.</returns>
    public HttpSession? Enter(string id, string? callerId)
    {
        lock (gate)
        {
            if (!open.TryGetValue(id, out var session) || session.CallerId != callerId)
            {
                return null;
            }

            session.Users++;
            return session;
        }
    }

    public void Leave(HttpSession session)
    {
        lock (gate)
        {
            session.Users--;
            session.LastUsed = time.GetUtcNow();
        }
    }

    public ValueTask EndAsync(HttpSession session)
    {
        lock (gate)
        {
            return open.Remove(session.Id) ? session.DisposeAsync() : ValueTask.CompletedTask;
        }
    }

    public async Task EndIdleAsync()
    {
        List<HttpSession> idle;
        lock (gate)
        {
            var since = time.GetUtcNow() - options.IdleAfter;
            idle = [.. open.Values.Where(session => session.Users == 0 && session.LastUsed <= since)];
            idle.ForEach(session => open.Remove(session.Id));
        }

        foreach (var session in idle)
        {
            await session.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<HttpSession> all;
        lock (gate)
        {
            all = [.. open.Values];
            open.Clear();
        }

        foreach (var session in all)
        {
            await session.DisposeAsync();
        }
    }
}
