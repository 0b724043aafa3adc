using System.Buffers;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aiops.Local.Recordings.Writing;

/// <summary>
/// One <c>.jsonl.gz</c> file, written as it goes. The same lines give the same bytes with the same runtime: .NET writes no
/// time or name into the gzip header.
/// </summary>
public abstract class JsonLinesFile : IDisposable
{
    private const int FlushAt = 64 * 1024;

    private readonly Stream file;
    private readonly ArrayBufferWriter<byte> buffer = new(2 * FlushAt);

    private protected JsonLinesFile(Stream stream)
    {
        file = new GZipStream(stream, CompressionLevel.SmallestSize);
        Json = new Utf8JsonWriter(
            buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    private protected Utf8JsonWriter Json { get; }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Write(buffer.WrittenSpan);
            Json.Dispose();
            file.Dispose();
        }
    }

    private protected void EndLine()
    {
        Json.Flush();
        Json.Reset();
        buffer.Write("\n"u8);
        if (buffer.WrittenCount >= FlushAt)
        {
            file.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }
    }

    private protected void WriteTime(string property, long unixNanoseconds)
    {
        Span<byte> text = stackalloc byte[StampText.LongestLength];
        Json.WriteString(property, text[..StampText.Write(unixNanoseconds, text)]);
    }

    private protected void WriteTime(string property, DateTimeOffset time)
        => WriteTime(property, (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100);

    /// <summary>Writes the property unless it is empty.</summary>
    private protected void WriteText(string property, ReadOnlySpan<char> text)
    {
        if (text.Length > 0)
        {
            Json.WriteString(property, text);
        }
    }
}
