using System.Diagnostics;
using System.Text;

namespace Aiops.Aws.Tests.Runtime;

/// <summary>Runs a command of the checkout, bounded in time; what it says is kept.</summary>
internal static class Command
{
    /// <summary>The root of the checkout.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory, "Aiops.sln");

    /// <exception cref="TimeoutException">It took longer than <paramref name="patience"/>, and was ended.</exception>
    public static async Task<(int ExitCode, string Said)> RunAsync(TimeSpan patience, string file, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Root,
            // Build servers outlive the command that starts them and keep its output open.
            Environment =
            {
                ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false", ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
                ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1",
            },
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var said = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(said, line.Data);
        process.ErrorDataReceived += (_, line) => Append(said, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync().WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        lock (said)
            return (process.ExitCode, said.ToString());
    }

    private static void Append(StringBuilder said, string? line)
    {
        lock (said)
            said.AppendLine(line);
    }

    private static string Above(string folder, string file) =>
        File.Exists(Path.Combine(folder, file)) ? folder : Above(Path.GetDirectoryName(folder)!, file);
}
