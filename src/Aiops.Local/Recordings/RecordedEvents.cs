using System.Runtime.CompilerServices;
using System.Text.Json;
using Aiops.Local.Recordings.Reading;

namespace Aiops.Local.Recordings;

/// <summary>
/// The raw events: <c>events.jsonl</c>, or <c>event.json</c>, one event as it came. No event is ever skipped: a line that
/// isn't an envelope with a <c>body</c> is an event itself, for intake to judge.
/// </summary>
internal static class RecordedEvents
{
    private const long FileBytes = 256 << 20; // Events are read a file at a time; ten thousand alarms are 20 MB.

    public static async IAsyncEnumerable<RecordedEvent> ReadAsync(
        RecordingFiles files, RecordingLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        limits = limits with { FileBytes = Math.Min(limits.FileBytes, FileBytes) };
        var single = new RecordingPart(files, "event", limits);
        foreach (var file in single.Files)
        {
            yield return new RecordedEvent(null, await ReadFileAsync(single, file, cancellationToken));
        }

        var part = new RecordingPart(files, "events", limits);
        if (single.Files.Count == 0)
        {
            part.ThrowIfMissing();
        }

        foreach (var file in part.Files)
        {
            var content = await ReadFileAsync(part, file, cancellationToken);
            for (var start = 0; start < content.Length;)
            {
                var length = content.Span[start..].IndexOf((byte)'\n');
                var line = content.Slice(start, length < 0 ? content.Length - start : length);
                start += line.Length + 1;
                if (!line.Span.Trim(" \t\r"u8).IsEmpty)
                {
                    yield return Read(line);
                }
            }
        }
    }

    private static RecordedEvent Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("body", out var body))
            {
                var received = root.TryGetProperty("receivedAt", out var time) && Stamp.TryParse(JsonBytes(time), out var stamp) ? stamp.Time : (DateTimeOffset?)null;
                return new RecordedEvent(received, JsonBytes(body)); // Text holds an event that isn't JSON, or not quite.
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that isn't Unicode: it is the event.
        }

        return new RecordedEvent(null, line);
    }

    private static byte[] JsonBytes(JsonElement element)
        => System.Text.Encoding.UTF8.GetBytes(
            element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText());

    private static async Task<ReadOnlyMemory<byte>> ReadFileAsync(
        RecordingPart part, string file, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await using var stream = part.Open(file);
        await stream.CopyToAsync(content, cancellationToken);
        var bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
        return bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    }
}
