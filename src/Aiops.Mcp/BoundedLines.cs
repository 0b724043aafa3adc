namespace Aiops.Mcp;

/// <summary>Messages are lines; one that never ends must not fill the memory. A longer one ends the session.</summary>
internal sealed class BoundedLines(Stream inner) : Stream
{
    public const int LongestLine = 1024 * 1024;

    private int line;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Counted(buffer.AsSpan(offset, count)[..inner.Read(buffer, offset, count)]);

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        return Counted(buffer.Span[..read]);
    }

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Counted(ReadOnlySpan<byte> read)
    {
        var last = read.LastIndexOf((byte)'\n');
        line = last < 0 ? line + read.Length : read.Length - last - 1;
        return line <= LongestLine ? read.Length : throw new IOException($"A message is longer than {LongestLine} bytes.");
    }
}
