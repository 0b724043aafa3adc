using System.IO.Compression;

namespace Aiops.Local.Recordings;

/// <summary>
/// A recording in a .zip, at its root or in its only folder. Nothing is unpacked to disk. Each reader opens the archive for
/// itself: the parts are read in parallel, and one archive object is not for two threads.
/// </summary>
public sealed class ZipFiles : RecordingFiles
{
    private readonly string path;
    private readonly Dictionary<string, string> entries = new(StringComparer.Ordinal);

    /// <exception cref="RecordingException">It isn't a zip archive, or holds too many files.</exception>
    public ZipFiles(string path, RecordingLimits limits)
    {
        this.path = path;
        using var archive = Open();
        if (archive.Entries.Count > limits.Files)
        {
            throw new RecordingException(
                $"{path} holds {archive.Entries.Count} files, and a recording may have {limits.Files}: is it a recording?");
        }

        var manifest = archive.Entries
            .Where(entry => entry.Name == RecordingManifest.FileName)
            .OrderBy(entry => entry.FullName.Length)
            .FirstOrDefault();
        var folder = manifest is null ? "" : manifest.FullName[..^manifest.Name.Length];
        foreach (var entry in archive.Entries.Where(entry => entry.Name.Length > 0 && entry.FullName == folder + entry.Name))
        {
            entries[entry.Name] = entry.FullName;
        }

        Names = [.. entries.Keys.Order(StringComparer.Ordinal)];
    }

    public override string Location => path;

    public override IReadOnlyList<string> Names { get; }

    public override Stream OpenRead(string name)
    {
        var archive = Open();
        return new EntryStream(archive, archive.GetEntry(entries[name])!.Open());
    }

    public override Stream OpenWrite(string name)
        => throw new RecordingException($"{path} is an archive and is only read: write the recording to a folder and pack that.");

    private ZipArchive Open()
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (InvalidDataException e)
        {
            throw new RecordingException($"{path} is not a zip archive ({e.Message}): give a recording's folder or its .zip.", e);
        }
    }

    private sealed class EntryStream(ZipArchive archive, Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override int Read(Span<byte> buffer) => inner.Read(buffer);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => inner.ReadAsync(buffer, cancellationToken);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
                archive.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
