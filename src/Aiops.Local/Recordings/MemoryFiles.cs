namespace Aiops.Local.Recordings;

/// <summary>A recording that never touches a disk: simulated incidents by the thousand, and tests.</summary>
public sealed class MemoryFiles(string location = "memory") : RecordingFiles
{
    private readonly SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);

    public override string Location => location;

    public override IReadOnlyList<string> Names => [.. files.Keys];

    public byte[] this[string name]
    {
        get => files[name];
        set => files[name] = value;
    }

    public void Remove(string name) => files.Remove(name);

    public override Stream OpenRead(string name) => new MemoryStream(files[name], writable: false);

    public override Stream OpenWrite(string name) => new Unfinished(this, name);

    private sealed class Unfinished(MemoryFiles owner, string name) : MemoryStream
    {
        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                owner.files[name] = ToArray();
            }

            base.Dispose(disposing);
        }
    }
}
