using Aiops.Local.Hosting;
using Aiops.Local.Recordings;
using Aiops.Mcp;

namespace Aiops.Cli.Mcp;

/// <summary>The recordings that lie in one folder, replayed in a folder that is gone afterwards.</summary>
/// <remarks>A name is one entry of the folder as it is listed, so that no way leads out of it; a link that leads out isn't listed.</remarks>
internal sealed class RecordingReplays(string root) : IReplays
{
    private const int MostListed = 1_000;

    private static readonly RecordingLimits Limits = new() { FileBytes = 1L << 30, Samples = 10_000_000 };

    private int running;

    /// <inheritdoc/>
    public IReadOnlyList<string> List()
        => [.. new DirectoryInfo(root).EnumerateFileSystemInfos().Where(IsRecording).Select(entry => entry.Name).Order(StringComparer.Ordinal).Take(MostListed)];

    /// <inheritdoc/>
    public async Task<Replayed> RunAsync(string name, CancellationToken cancellationToken)
    {
        if (!List().Contains(name, StringComparer.Ordinal))
        {
            throw new ToolRefusedException("There is no such recording. list_recordings has those that there are.");
        }

        if (Interlocked.Exchange(ref running, 1) != 0)
        {
            throw new ToolRefusedException("Another replay is under way. Try again in a minute.");
        }

        var folder = "";
        try
        {
            folder = Directory.CreateTempSubdirectory("aiops-replay-").FullName;
            var recording = Recording.Open(Path.Combine(root, name), Limits);
            await using var session = await ReplaySession.OpenAsync(recording, Path.Combine(folder, "state"), null, cancellationToken);
            var result = await session.RunAsync(cancellationToken);
            return new Replayed(name, recording.Manifest.Simulated, result.Events.Count, result.Reports);
        }
        catch (RecordingException)
        {
            throw new ToolRefusedException("That recording can't be read. `aiops replay` says what is wrong with it.");
        }
        finally
        {
            Volatile.Write(ref running, 0);
            if (folder.Length > 0)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static bool IsRecording(FileSystemInfo entry) => entry.LinkTarget is null && entry switch
    {
        DirectoryInfo => File.Exists(Path.Combine(entry.FullName, RecordingManifest.FileName)),
        _ => entry.Extension.Equals(".zip", StringComparison.OrdinalIgnoreCase),
    };
}
