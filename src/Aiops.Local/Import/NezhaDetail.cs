using System.IO.Compression;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Local.Recordings;
using Aiops.Local.Recordings.Reading;
using Aiops.Local.Recordings.Writing;

namespace Aiops.Local.Import;

/// <summary>
/// Logs and traces of the Nezha data, streamed into a recording; the calls between services are noted on the way. A file may
/// repeat minutes of its neighbour: what was written once isn't written again.
/// </summary>
internal sealed class NezhaDetail(RecordingWriter writer)
{
    private static readonly RowSchema LogColumns = new("TimeUnixNano", "Timestamp", "PodName", "TraceID", "Log");
    private static readonly RowSchema SpanColumns = new(
        "TraceID", "SpanID", "ParentID", "PodName", "OperationName", "StartTimeUnixNano", "EndTimeUnixNano", "Duration");

    private readonly StringPool names = new();
    private readonly Dictionary<string, string> services = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Trace, string Span), string> owners = [];
    private readonly List<(string Trace, string Parent, string Component)> children = [];
    private readonly HashSet<(long Time, string Component, int Body)> written = [];

    public List<string> Gaps { get; } = [];

    /// <summary>The first and last time seen in each file, by its path.</summary>
    public Dictionary<string, RecordedWindow> Seen { get; } = [];

    public async Task WriteLogsAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        using var file = writer.OpenLogs();
        var (text, log, trace) = (new TextBuffer(), new TextBuffer(), new TextBuffer());
        var container = new ContainerLog();
        foreach (var path in paths)
        {
            var extent = new Extent();
            await ReadAsync(path, LogColumns, extent, (scoped in Row row) =>
            {
                if (!row.TryTime(0, out var stamp) && !row.TryTime(1, out stamp))
                {
                    return "a time that isn't one";
                }

                extent.Saw(stamp.UnixNanoseconds);
                var body = container.Unwrap(row.Text(4, log));
                var component = Service(row.String(2, text, names));
                if (written.Add((stamp.UnixNanoseconds, component, string.GetHashCode(body, StringComparison.Ordinal))))
                {
                    file.Write(new LogRecord(stamp.UnixNanoseconds, component, LogLevels.Find(body), body, row.Text(3, trace)));
                }

                return null;
            }, cancellationToken);
        }
    }

    public async Task WriteSpansAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        using var file = writer.OpenSpans();
        var text = new TextBuffer();
        var ids = new RecentIds();
        foreach (var path in paths)
        {
            var extent = new Extent();
            await ReadAsync(path, SpanColumns, extent, (scoped in Row row) =>
            {
                if (!row.TryTime(5, out var start) || !row.TryTime(6, out var end) || end.UnixNanoseconds < start.UnixNanoseconds)
                {
                    return "a time that isn't one, or an end before its start";
                }

                extent.Saw(start.UnixNanoseconds);
                var parent = row.Text(2, text) is "root" ? "" : ids.Intern(row.Text(2, text));
                var span = new Span(
                    ids.Intern(row.Text(0, text)), ids.Intern(row.Text(1, text)), parent, Service(row.String(3, text, names)),
                    // The data says nothing of failures.
                    row.String(4, text, names), start.UnixNanoseconds, end.UnixNanoseconds, Failed: false);
                if (owners.TryAdd((span.TraceId, span.SpanId), span.Component))
                {
                    children.Add((span.TraceId, span.ParentSpanId, span.Component));
                    file.Write(span);
                }

                return null;
            }, cancellationToken);
        }
    }

    /// <summary>Who called whom in the spans; what begins a trace is called by the front.</summary>
    public ServiceGraph Graph(string? front)
    {
        HashSet<Call> calls = [];
        foreach (var (trace, parent, component) in children)
        {
            var caller = parent.Length == 0 ? front : owners.GetValueOrDefault((trace, parent));
            if (caller is not null && caller != component)
            {
                calls.Add(new Call(caller, component));
            }
        }

        return new ServiceGraph(
            services.Values.Distinct().Order(StringComparer.Ordinal).Select(name => new Component(name)), calls);
    }

    private string Service(string pod)
    {
        if (!services.TryGetValue(pod, out var service))
        {
            services[pod] = service = PodNames.Service(pod);
        }

        return service;
    }

    private async Task ReadAsync(string path, RowSchema columns, Extent extent, RowSink sink, CancellationToken cancellationToken)
    {
        var notes = new FileNotes(Path.GetFileName(path));
        await using var file = File.OpenRead(path);
        await using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        await new RowReader(columns, sink, notes, RecordingLimits.Default).ReadAsync(stream, csv: true, cancellationToken);
        Gaps.AddRange(notes.Tell());
        if (extent.Window is { } window)
        {
            Seen[path] = window;
        }
    }

    private sealed class Extent
    {
        private long first = long.MaxValue;
        private long last = long.MinValue;

        public RecordedWindow? Window => last < first
            ? null
            : new(new Stamp(first, StampForm.None).Time, new Stamp(last, StampForm.None).Time.AddSeconds(1));

        public void Saw(long unixNanoseconds)
            => (first, last) = (Math.Min(first, unixNanoseconds), Math.Max(last, unixNanoseconds));
    }
}
