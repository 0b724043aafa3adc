namespace Aiops.Aws.Tests.Runtime;

/// <summary>
/// Publishes a function's project once a test run, on the stand-ins, to a folder of its own beside no one else's build output.
/// </summary>
internal static class PublishedFunctions
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8); // A cold build of everything, on two busy cores.
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);
    private static readonly Dictionary<string, string> Published = [];

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
        var folder = Path.Combine(Command.Root, "artifacts", "published", Folder(name, properties));
        var (exitCode, said) = await Command.RunAsync(
            Patience,
            "dotnet",
            [
                "publish", Path.Combine(project, $"{name}.csproj"), "-c", "Release", "-o", folder,
                "--artifacts-path", Path.Combine(Command.Root, "artifacts", "publishing", Folder(name, properties)),
                "-p:AwsPackages=standins", "-p:RunAnalyzers=false", .. properties,
            ]);
        if (exitCode != 0)
            throw new InvalidOperationException($"{project} was not published:\n{said}");
        return Path.Combine(folder, $"{name}.dll");
    }

    private static string Folder(string name, string[] properties) =>
        string.Concat(string.Join('-', [name, .. properties]).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'));
}
