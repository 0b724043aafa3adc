using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Aiops.Mcp.Http;

/// <summary>One client's session: its transport, the server that runs over it, and when it was used last.</summary>
internal sealed class HttpSession : IAsyncDisposable
{
    private readonly McpServer server;
    private readonly Task running;
    private int inUse;

    public HttpSession(StreamableHttpServerTransport transport, Func<ITransport, McpServer> serve, string? callerId, DateTimeOffset now)
    {
        (Transport, CallerId, LastUsed) = (transport, callerId, now);
        server = serve(transport);
        running = server.RunAsync(CancellationToken.None); // Until the transport is disposed.
    }

    public StreamableHttpServerTransport Transport { get; }

    public string Id => Transport.SessionId!;

    /// <summary>Whose token opened it: no other may go on with it. Null where it was opened without one.</summary>
    public string? CallerId { get; }

    public DateTimeOffset LastUsed { get; private set; }

    public bool IsIdle => Volatile.Read(ref inUse) == 0;

    public void Enter() => Interlocked.Increment(ref inUse);

    public void Leave(DateTimeOffset now)
    {
        LastUsed = now;
        Interlocked.Decrement(ref inUse);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await Transport.DisposeAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
