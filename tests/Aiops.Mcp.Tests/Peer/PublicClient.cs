using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aiops.PortTests.Running;

namespace Aiops.Mcp.Tests.Peer;

/// <summary>The protocol's public client from npm, which nobody here wrote, driven by peer.mjs beside this file.</summary>
internal static class PublicClient
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static string Packages { get; } = TestFolder.Checkout("tests", "npm", "node_modules");

    /// <summary>How <c>aiops</c> as it was built is started.</summary>
    public static (string Command, string[] Arguments) Aiops(params string[] arguments) => ("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "aiops.dll"), .. arguments]);

    /// <returns>A line a step: its <c>answer</c>, or its <c>error</c>; and what the server wrote to standard error.</returns>
    public static async Task<(IReadOnlyList<JsonElement> Lines, string Log)> RunAsync(JsonObject connection, params JsonObject[] steps)
    {
        connection["steps"] = new JsonArray([.. steps]);
        using var process = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList = { Path.Combine(Folder(), "peer.mjs"), Packages },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using CancellationTokenSource patience = new(Longest, TimeProvider.System);
        try
        {
            var (said, log) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.StandardInput.WriteAsync(connection.ToJsonString());
            process.StandardInput.Close();
            var lines = (await said).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
            await process.WaitForExitAsync(patience.Token);
            return (lines, await log);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string Folder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(thisFile)!;
}

/// <summary>Its tests need the public client of tests/npm.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPublicClientAttribute : NeedsAttribute
{
    public override string? ReasonToSkip
        => RequireAll || Directory.Exists(Path.Combine(PublicClient.Packages, "@modelcontextprotocol", "sdk")) ? null : "needs `npm ci --prefix tests/npm`";
}
