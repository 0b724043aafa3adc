using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Aiops.Mcp.Http;

/// <summary>The sessions that are open: so many at most, and none for longer than somebody uses it.</summary>
internal sealed class McpSessions(AiopsMcp mcp, McpHttpOptions options, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, HttpSession> open = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

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
            HttpSession session = new(transport, over => mcp.NewSession(over, caller), callerId, time.GetUtcNow());
            open[session.Id] = session;
            return session;
        }
    }

    /// <returns>Null where there is none of that id, or it is somebody else's.</returns>
    public HttpSession? Find(string id, string? callerId) => open.TryGetValue(id, out var session) && session.CallerId == callerId ? session : null;

    public async Task EndAsync(HttpSession session)
    {
        if (open.TryRemove(session.Id, out _))
        {
            await session.DisposeAsync();
        }
    }

    public async Task EndIdleAsync()
    {
        var since = time.GetUtcNow() - options.IdleAfter;
        foreach (var session in open.Values.Where(session => session.IsIdle && session.LastUsed <= since))
        {
            await EndAsync(session);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in open.Values)
        {
            await EndAsync(session);
        }
    }
}
