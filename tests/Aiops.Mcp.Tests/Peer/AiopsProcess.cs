using System.Diagnostics;
using System.Text.Json;

namespace Aiops.Mcp.Tests.Peer;

/// <summary><c>aiops mcp --http</c> in a process of its own, ended with this object.</summary>
internal sealed class AiopsProcess : IAsyncDisposable
{
    private readonly Process process;

    private AiopsProcess(Process process) => this.process = process;

    public Uri Address { get; private set; } = null!;

    public static async Task<AiopsProcess> StartAsync(params string[] arguments)
    {
        var (command, all) = PublicClient.Aiops([.. arguments, "--json"]);
        ProcessStartInfo start = new(command) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        AiopsProcess aiops = new(Process.Start(start)!);
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1), TimeProvider.System);
        var line = await aiops.process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("aiops ended before it listened.");
        aiops.Address = new Uri(JsonElement.Parse(line).GetProperty("listening").GetString()!);
        return aiops;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
