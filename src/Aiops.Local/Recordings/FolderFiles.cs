namespace Aiops.Local.Recordings;

/// <summary>A recording in a folder.</summary>
public sealed class FolderFiles(string folder) : RecordingFiles
{
    public override string Location => folder;

    public override IReadOnlyList<string> Names
        => Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)]
            : [];

    public override Stream OpenRead(string name)
        => new FileStream(Path.Combine(folder, name), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    public override Stream OpenWrite(string name)
    {
        Directory.CreateDirectory(folder);
        return new FileStream(Path.Combine(folder, name), FileMode.Create, FileAccess.Write, FileShare.None);
    }
}
