using System.Text;
using Aiops.Local.Recordings.Reading;

namespace Aiops.Local.Recordings;

/// <summary>The raw events: <c>events.jsonl</c>, an event a line, or <c>event.json</c>, one event as it came.</summary>
internal static class RecordedEvents
{
    private const int ReceivedAt = 0, Body = 1;

    private static readonly RowSchema Schema = new("receivedAt|time", "body|event");

    public static async Task<(IReadOnlyList<RecordedEvent> Events, IReadOnlyList<string> Gaps)> ReadAsync(
        RecordingFiles files, RecordingLimits limits, CancellationToken cancellationToken)
    {
        List<RecordedEvent> events = [];
        foreach (var name in files.Names.Where(name => name is "event.json" or "event.json.gz"))
        {
            var content = new MemoryStream();
            await using var stream = new RecordingPart(files, "event", limits with { FileBytes = limits.LineBytes }).Open(name);
            await stream.CopyToAsync(content, cancellationToken);
            events.Add(new RecordedEvent(null, content.ToArray()));
        }

        var part = new RecordingPart(files, "events", limits);
        if (part.Files.Count == 0 && events.Count > 0)
        {
            return (events, []);
        }

        var text = new TextBuffer();
        var gaps = await part.ReadAsync(
            Schema,
            _ =>
            {
                return (scoped in Row row) =>
                {
                    if (!row.Has(Body))
                    {
                        return "no body";
                    }

                    // A body that is text holds an event that isn't JSON, or not quite: it is handed on as it came.
                    var body = row.IsJson(Body) ? row.Raw(Body).ToArray() : Encoding.UTF8.GetBytes(row.Text(Body, text).ToString());
                    events.Add(new RecordedEvent(row.TryTime(ReceivedAt, out var stamp) ? stamp.Time : null, body));
                    return null;
                };
            },
            otlp: null,
            cancellationToken);
        return (events, gaps);
    }
}
