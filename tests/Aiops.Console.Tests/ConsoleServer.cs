using System.Net;
using Aiops.Cli.Serve;
using Microsoft.Extensions.Logging;

namespace Aiops.Console.Tests;

/// <summary>The server of <c>aiops serve</c> over a world, on a free port of this machine.</summary>
internal sealed class ConsoleServer : IAsyncDisposable
{
    private readonly EventServer server;
    private readonly HttpSigningCertificates certificates = new(TimeProvider.System);
    private readonly HttpSubscriptionVisitor visitor = new();

    /// <summary>What the server logged as an error.</summary>
    public FaultLog Faults { get; } = new();

    private ConsoleServer(World world, ConsoleOptions options)
        => server = new EventServer(
            new EventServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) },
            world.Host.Door, world.Host.Queue, certificates, visitor, world.Clock, new LoggerFactory([Faults]),
            console: new ConsoleMount(options, ConsoleSettings.PortsOf(world.Host, world.Clock)));

    public Uri Address { get; private set; } = null!;

    public static Task<ConsoleServer> StartAsync(World world) => StartAsync(world, new ConsoleOptions { KeyFolder = Path.Combine(world.Folder, "keys") });

    public static async Task<ConsoleServer> StartAsync(World world, ConsoleOptions options)
    {
        var running = new ConsoleServer(world, options);
        running.Address = await running.server.StartAsync(default);
        return running;
    }

    /// <summary>Speaks as a program does: keeps cookies, follows nothing.</summary>
    public HttpClient Client(string? bearer = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };
        if (bearer is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", bearer);
        }

        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        certificates.Dispose();
        visitor.Dispose();
    }
}
