using System.Text.Json;

namespace Aiops.Pipeline.GatherContext;

/// <summary>The parts of an incident's context in the document store, a document a source and round.</summary>
public sealed class ContextDocuments(IDocumentStore documents)
{
    public async Task<string> WriteAsync(string incidentId, int round, ContextPart part, CancellationToken cancellationToken)
    {
        var key = DocumentKeys.Context(incidentId, round, part.Source.Source);
        await documents.PutAsync(key, JsonSerializer.SerializeToUtf8Bytes(part, ContextJson.Default.ContextPart), cancellationToken);
        return key;
    }

    /// <summary>All parts put together. A part that isn't there counts as missing: its task failed after its retries.</summary>
    /// <param name="fallback">The windows to state when no part was stored at all.</param>
    public async Task<IncidentContext> ReadAsync(string incidentId, int round, AnalysisWindows fallback, CancellationToken cancellationToken)
    {
        List<ContextPart> parts = [];
        foreach (var source in Enum.GetValues<ContextSource>())
        {
            var content = await documents.GetAsync(DocumentKeys.Context(incidentId, round, source), cancellationToken);
            parts.Add(content is null
                ? new ContextPart { Source = new SourcePart(source, SourceStatus.Missing, null, ["it failed, its retries included"]), Windows = fallback }
                : JsonSerializer.Deserialize(content, ContextJson.Default.ContextPart)!);
        }

        // Metrics carry the onsets, so theirs are the windows that the report shows; logs and spans were already compared in their own.
        var windows = parts[(int)ContextSource.Metrics].Windows;
        return new IncidentContext
        {
            Window = windows.Incident,
            Guard = windows.Guard,
            Baseline = windows.Baseline,
            Metrics = parts[(int)ContextSource.Metrics].Metrics ?? [],
            Logs = parts[(int)ContextSource.Logs].Logs ?? [],
            Sequences = parts[(int)ContextSource.Logs].Sequences ?? [],
            Traces = parts[(int)ContextSource.Traces].Traces ?? [],
            Topology = parts[(int)ContextSource.Topology].Topology ?? Analysis.Topology.ServiceGraph.Empty,
            Changes = parts[(int)ContextSource.Changes].Changes ?? [],
            Objectives = parts[(int)ContextSource.Objectives].Objectives ?? [],
            PastIncidents = parts[(int)ContextSource.PastIncidents].PastIncidents ?? [],
            Parts = [.. parts.Select(part => part.Source)],
        };
    }
}
