using System.Diagnostics;
using System.Runtime.CompilerServices;
using Aiops.PortTests.Running;

namespace Aiops.Aws.Tests.Emulators;

/// <summary>A server from tests/npm, started by the script of its name beside this file, ended with this object.</summary>
public abstract class Emulator(string name) : IAsyncLifetime
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(30);

    private Process? process;

    /// <summary>Where it listens: 127.0.0.1 and a free port.</summary>
    public string Url { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (new NeedsEmulatorsAttribute().ReasonToSkip is not null)
        {
            return; // Nothing that would use it runs.
        }

        process = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList = { Path.Combine(Folder(), $"{name}.mjs"), NpmPackages },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(StartsWithin, TimeProvider.System);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("ready ", StringComparison.Ordinal))
            {
                Url = $"http://127.0.0.1:{line[6..]}";
                await StartedAsync();
                return;
            }
        }

        throw new InvalidOperationException($"{name} didn't start: {await errors}");
    }

    public Task DisposeAsync()
    {
        process?.Kill();
        process?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>The server listens.</summary>
    protected virtual Task StartedAsync() => Task.CompletedTask;

    internal static string NpmPackages { get; } = Path.GetFullPath(Path.Combine(Folder(), "..", "..", "npm", "node_modules"));

    private static string Folder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;
}

/// <summary>Its tests need the servers of tests/npm.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsEmulatorsAttribute : NeedsAttribute
{
    public override string? ReasonToSkip
        => RequireAll || Directory.Exists(Path.Combine(Emulator.NpmPackages, "dynalite")) ? null : "needs `npm ci --prefix tests/npm`";
}
