using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Aiops.Mcp.Http;

/// <summary>One client's session: its transport, the server that runs over it, and what of it is under way.</summary>
internal sealed class HttpSession : IAsyncDisposable
{
    private readonly McpServer server;
    private readonly Task running;
    private readonly Lock gate = new();
    private CancellationTokenSource? listening;
    private bool ended;

    public HttpSession(StreamableHttpServerTransport transport, Func<ITransport, McpServer> serve, string? callerId, DateTimeOffset now)
    {
        (Transport, CallerId, LastSpoke, LastHeard) = (transport, callerId, now, now);
        server = serve(transport);
        running = server.RunAsync(CancellationToken.None); // Until the transport is disposed.
    }

    public StreamableHttpServerTransport Transport { get; }

    public string Id => Transport.SessionId!;

    /// <summary>Whose token opened it: no other may go on with it. Null where it was opened without one.</summary>
    public string? CallerId { get; }

    /// <summary>Whether the request that opened it has come this far: it begins once.</summary>
    public bool HasBegun { get; set; }

    public CallsUnderWay Calls { get; } = new();

    /// <summary>Messages that are being worked on; it doesn't end while there are any. Guarded by <see cref="McpSessions"/>, as are the times.</summary>
    public int Users { get; set; }

    /// <summary>When the client last wanted something.</summary>
    public DateTimeOffset LastSpoke { get; set; }

    /// <summary>When it last gave any sign of life: that it answered a ping, or began to listen, is one.</summary>
    public DateTimeOffset LastHeard { get; set; }

    /// <summary>One listens at a time, the newest: a connection that broke is noticed by the client first, which then comes again.</summary>
    /// <param name="aborted">Ends it, as do the session's end and whoever listens next.</param>
    public async Task ListenAsync(Func<CancellationToken, Task> listen, CancellationToken aborted)
    {
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        lock (gate)
        {
            listening?.Cancel();
            listening = mine;
            if (ended)
            {
                return;
            }
        }

        try
        {
            await listen(mine.Token);
        }
        finally
        {
            lock (gate)
            {
                listening = listening == mine ? null : listening;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            ended = true;
            listening?.Cancel();
        }

        await server.DisposeAsync();
        await Transport.DisposeAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
