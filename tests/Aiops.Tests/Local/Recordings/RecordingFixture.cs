using System.Text;
using Aiops.Analysis;
using Aiops.Analysis.Telemetry;
using Aiops.Local.Recordings;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Tests.Local.Recordings;

/// <summary>Recordings of a few lines, in memory.</summary>
internal static class RecordingFixture
{
    public static readonly TimeWindow Day = new(
        new DateTimeOffset(2026, 3, 14, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 15, 0, 0, 0, TimeSpan.Zero));

    public static readonly TelemetryQuery Everything = new("INC-1", Day, []);

    public const string Manifest = """{"formatVersion":1,"name":"small","window":{"start":"2026-03-14T00:00:00Z","end":"2026-03-15T00:00:00Z"}}""";

    public static MemoryFiles Files(params (string Name, string Content)[] files)
    {
        var memory = new MemoryFiles { [RecordingManifest.FileName] = Encoding.UTF8.GetBytes(Manifest) };
        foreach (var (name, content) in files)
        {
            memory[name] = Encoding.UTF8.GetBytes(content);
        }

        return memory;
    }

    public static Recording Of(string name, string content, RecordingLimits? limits = null)
        => Recording.Open(Files((name, content)), limits);

    public static async Task<(List<(long Time, string Component, string Severity, string Body, string Trace)> Lines, SourceReport Report)> ReadLogsAsync(
        this Recording recording, TelemetryQuery? query = null)
    {
        List<(long, string, string, string, string)> lines = [];
        var report = await recording.Logs.ReadAsync(
            query ?? Everything,
            (in LogRecord r) => lines.Add((r.UnixNanoseconds, r.Component, r.Severity, r.Body.ToString(), r.TraceId.ToString())),
            default);
        return (lines, report);
    }

    public static async Task<(List<Span> Spans, SourceReport Report)> ReadSpansAsync(
        this Recording recording, TelemetryQuery? query = null)
    {
        List<Span> spans = [];
        var report = await recording.Traces.ReadAsync(query ?? Everything, (in Span span) => spans.Add(span), default);
        return (spans, report);
    }
}
