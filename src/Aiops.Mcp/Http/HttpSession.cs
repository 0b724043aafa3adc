using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Aiops.Mcp.Http;

/// <summary>One client's session: its transport, the server that runs over it, and when it was used last.</summary>
internal sealed class HttpSession : IAsyncDisposable
{
    private readonly McpServer server;
    private readonly Task running;
    private int listening;

    public HttpSession(StreamableHttpServerTransport transport, Func<ITransport, McpServer> serve, string? callerId)
    {
        (Transport, CallerId) = (transport, callerId);
        server = serve(transport);
        running = server.RunAsync(CancellationToken.None); // Until the transport is disposed.
    }

    public StreamableHttpServerTransport Transport { get; }

    public string Id => Transport.SessionId!;

    /// <summary>Whose token opened it: no other may go on with it. Null where it was opened without one.</summary>
    public string? CallerId { get; }

    /// <summary>Requests that are under way; it doesn't end while there are any.</summary>
    public int Users { get; set; } = 1;

    public DateTimeOffset LastUsed { get; set; }

    /// <returns>False where a client listens already, as a GET does: one at a time.</returns>
    public bool TryListen() => Interlocked.Exchange(ref listening, 1) == 0;

    public void StopListening() => Volatile.Write(ref listening, 0);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await Transport.DisposeAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
