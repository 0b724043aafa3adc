using System.Diagnostics;
using System.Text;

namespace Aiops.Aws.Tests.Runtime;

/// <summary>
/// Publishes a function's project once a test run, on the stand-ins, to a folder of its own beside no one else's build output.
/// </summary>
internal static class PublishedFunctions
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8); // A cold build of everything, on two busy cores.
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);
    private static readonly Dictionary<string, string> Published = [];

    /// <summary>The root of the checkout.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory, "Aiops.sln");

    /// <param name="project">Relative to the root, without the name of its file.</param>
    /// <returns>The path of the published assembly.</returns>
    public static async Task<string> AssemblyOfAsync(string project, params string[] properties)
    {
        var key = string.Join(' ', [project, .. properties]);
        await OneAtATime.WaitAsync();
        try
        {
            if (!Published.TryGetValue(key, out var assembly))
                Published[key] = assembly = await PublishAsync(project, properties);
            return assembly;
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static async Task<string> PublishAsync(string project, string[] properties)
    {
        var name = Path.GetFileName(project);
        var folder = Path.Combine(Root, "artifacts", "published", Folder(name, properties));
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Root,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1" },
        };
        string[] arguments =
        [
            "publish", Path.Combine(project, $"{name}.csproj"), "-c", "Release", "-o", folder,
            "--artifacts-path", Path.Combine(Root, "artifacts", "publishing", Folder(name, properties)),
            "-p:AwsPackages=standins", "-p:RunAnalyzers=false", "-p:UseSharedCompilation=false", .. properties,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var process = Process.Start(start)!;
        var said = new StringBuilder();
        process.OutputDataReceived += (_, line) => said.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        if (process.ExitCode != 0)
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)}\n{said}");
        return Path.Combine(folder, $"{name}.dll");
    }

    private static string Folder(string name, string[] properties) =>
        string.Concat(string.Join('-', [name, .. properties]).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'));

    private static string Above(string folder, string file) =>
        File.Exists(Path.Combine(folder, file)) ? folder : Above(Path.GetDirectoryName(folder)!, file);
}
