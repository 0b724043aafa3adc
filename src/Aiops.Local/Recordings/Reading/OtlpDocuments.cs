using System.Buffers;
using System.Text.Json;

namespace Aiops.Local.Recordings.Reading;

/// <summary>Files of OTLP/JSON: one document (<c>.otlp.json</c>), or one a line as collectors write (<c>.otlp.jsonl</c>).</summary>
internal static class OtlpDocuments
{
    public static async Task ReadAsync(
        Stream stream, bool byLine, Action<ReadOnlyMemory<byte>, FileNotes> document, FileNotes notes, RecordingLimits limits, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        long number = 1;
        var start = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.GetMemory(64 * 1024), cancellationToken);
            buffer.Advance(read);
            while (byLine && buffer.WrittenSpan[start..].IndexOf((byte)'\n') is >= 0 and var end)
            {
                Take(buffer.WrittenMemory.Slice(start, end), number++, document, notes);
                start += end + 1;
            }

            if (read == 0)
            {
                Take(buffer.WrittenMemory[start..], number, document, notes);
                return;
            }

            if (buffer.WrittenCount - start > limits.DocumentBytes)
            {
                throw new RecordingException(
                    $"An OTLP document is longer than {limits.DocumentBytes:N0} bytes: export it as .otlp.jsonl, a request a line.");
            }

            if (start > 0)
            {
                var rest = buffer.WrittenSpan[start..].ToArray();
                buffer.ResetWrittenCount();
                buffer.Write(rest);
                start = 0;
            }
        }
    }

    private static void Take(
        ReadOnlyMemory<byte> text, long line, Action<ReadOnlyMemory<byte>, FileNotes> document, FileNotes notes)
    {
        if (text.Span.StartsWith("\uFEFF"u8))
        {
            text = text[3..];
        }

        if (text.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return;
        }

        try
        {
            document(text, notes);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            notes.Bad(line, "not OTLP/JSON");
        }
    }
}
