using System.Text.Encodings.Web;
using System.Text.Json;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Local.Recordings.Writing;

/// <summary>
/// Writes a recording: any parts, in any order, each streamed to its own compressed file, and the manifest last, so that
/// a recording cut short is never mistaken for a whole one. The same content gives the same files.
/// </summary>
public sealed class RecordingWriter(RecordingFiles files)
{
    private readonly SortedSet<string> parts = new(StringComparer.Ordinal);

    public LogFile OpenLogs() => new(Open("logs"));

    public SpanFile OpenSpans() => new(Open("spans"));

    public MetricFile OpenMetrics() => new(Open("metrics"));

    public void WriteEvents(IEnumerable<RecordedEvent> events) => Write("events", events, (file, one) => file.Write(one));

    public void WriteChanges(IEnumerable<Change> changes) => Write("changes", changes, (file, one) => file.Write(one));

    public void WriteObjectives(IEnumerable<ObjectiveBudget> objectives)
        => Write("objectives", objectives, (file, one) => file.Write(one));

    public void WriteCases(IEnumerable<RecordedCase> cases) => Write("cases", cases, (file, one) => file.Write(one));

    public void WriteTopology(ServiceGraph graph)
    {
        using var file = new PlainFile(Open("topology"));
        foreach (var component in graph.Components)
        {
            file.Write(component);
        }

        foreach (var call in graph.Calls)
        {
            file.Write(call);
        }
    }

    /// <summary>Writes the manifest, which makes the recording whole. Its <see cref="RecordingManifest.Parts"/> is filled in.</summary>
    /// <param name="truth">What really happened, for scorers; null when nobody knows.</param>
    public void Finish(RecordingManifest manifest, RecordingTruth? truth)
    {
        var json = JsonSerializer.SerializeToNode(manifest with { Parts = [.. parts] }, RecordingJson.Default.RecordingManifest)!.AsObject();
        if (truth is not null)
        {
            json["truth"] = JsonSerializer.SerializeToNode(truth, RecordingJson.Default.RecordingTruth);
        }

        using var stream = files.OpenWrite(RecordingManifest.FileName);
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteTo(writer);
        }

        stream.Write("\n"u8);
    }

    private void Write<T>(string part, IEnumerable<T> items, Action<PlainFile, T> write)
    {
        using var file = new PlainFile(Open(part));
        foreach (var item in items)
        {
            write(file, item);
        }
    }

    private Stream Open(string part)
    {
        parts.Add(part);
        return files.OpenWrite(part + ".jsonl.gz");
    }
}
