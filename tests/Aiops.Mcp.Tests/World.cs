using System.IO.Pipelines;
using Aiops.Local.Hosting;
using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Aiops.Mcp.Tests;

/// <summary>A recording that was replayed, and the tools over what that left behind.</summary>
public sealed class World : IAsyncLifetime, IAsyncDisposable
{
    private readonly TestFolder folder = new();
    private readonly List<IAsyncDisposable> connections = [];
    private ReplaySession session = null!;

    public World()
        : this(_ => Recording.Open(TestFolder.Checkout("recordings", "bad-deployment")))
    {
    }

    internal World(Func<string, Recording> recording) => Recorded = recording(folder.File("recording"));

    public Incident Incident { get; private set; } = null!;

    public LocalHost Host => session.Host;

    /// <summary>Where the incident, its documents and its workflow lie.</summary>
    public string StateFolder => folder.File("state");

    public McpPorts Ports => new()
    {
        Incidents = Host.Incidents,
        Documents = Host.Documents,
        Reports = Host.Reports,
        Knowledge = Host.Knowledge,
        KnowledgeScope = LocalHost.KnowledgeScope,
        Reviews = Host.Reviews,
        Time = session.Clock,
    };

    private Recording Recorded { get; }

    public async Task InitializeAsync()
    {
        session = await ReplaySession.OpenAsync(Recorded, StateFolder, null, default);
        await session.RunAsync(default);
        Incident = (await Host.Incidents.ListAsync(null, 10, default)).ShouldHaveSingleItem();
    }

    /// <summary>A client of the protocol's own package, in this process.</summary>
    public async Task<McpClient> ConnectAsync(Func<McpCaller?>? caller = null, McpPorts? ports = null)
    {
        Pipe there = new(), back = new();
        var serving = new AiopsMcp(ports ?? Ports, NullLoggerFactory.Instance).RunAsync(
            there.Reader.AsStream(), back.Writer.AsStream(), caller ?? (() => null), default);
        var client = await McpClient.CreateAsync(
            new StreamClientTransport(there.Writer.AsStream(), back.Reader.AsStream()), new McpClientOptions { ProtocolVersion = "2025-11-25" });
        connections.Add(client);
        _ = serving;
        return client;
    }

    /// <summary>Does what a host would do with what was left for it.</summary>
    public Task WorkAsync() => new HostDriver(Host).SettleDownAsync(default);

    public async Task DisposeAsync()
    {
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        await session.DisposeAsync();
        folder.Dispose();
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
}
