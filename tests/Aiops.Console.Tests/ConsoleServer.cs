using System.Net;
using Aiops.Cli.Ask;
using Aiops.Cli.Serve;
using Aiops.Pipeline.Reason.Models;
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

    private readonly LocalQuestions own;

    private ConsoleServer(World world, ConsoleOptions options, MeteredModel? model, IConsoleQuestions? questions)
    {
        own = new LocalQuestions(world.Host, model, new QuestionSources(), world.Clock);
        server = new EventServer(
            new EventServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) },
            world.Host.Door, world.Host.Queue, certificates, visitor, world.Clock, new LoggerFactory([Faults]),
            console: new ConsoleMount(options, ConsoleSettings.PortsOf(world.Host, questions ?? own, world.Clock)));
    }

    public Uri Address { get; private set; } = null!;

    public static Task<ConsoleServer> StartAsync(World world) => StartAsync(world, new ConsoleOptions { KeyFolder = Path.Combine(world.Folder, "keys") });

    /// <param name="model">Writes the statements of questions; null for none.</param>
    /// <param name="questions">Answers them instead of the world's own tables.</param>
    public static async Task<ConsoleServer> StartAsync(World world, ConsoleOptions options, MeteredModel? model = null, IConsoleQuestions? questions = null)
    {
        var running = new ConsoleServer(world, options, model, questions);
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
        own.Dispose();
        certificates.Dispose();
        visitor.Dispose();
    }
}
