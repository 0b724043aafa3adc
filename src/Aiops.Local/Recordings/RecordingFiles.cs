namespace Aiops.Local.Recordings;

/// <summary>The files of one recording, wherever they lie: a folder, an archive, or memory.</summary>
public abstract class RecordingFiles
{
    /// <summary>For people: where the recording is.</summary>
    public abstract string Location { get; }

    /// <summary>The names of the files at the recording's root, in ordinal order.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>The stored bytes, still compressed where the name ends in <c>.gz</c>. May be called from several threads.</summary>
    public abstract Stream OpenRead(string name);

    /// <summary>Replaces the file.</summary>
    /// <exception cref="RecordingException">This kind of place is only read.</exception>
    public abstract Stream OpenWrite(string name);
}
