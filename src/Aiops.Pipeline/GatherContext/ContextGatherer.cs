using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Traces;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Retrieval;

namespace Aiops.Pipeline.GatherContext;

/// <summary>Asks one source about an incident and condenses what it gives; that a source is missing or denied is an ordinary answer.</summary>
public sealed class ContextGatherer(IIncidents incidents, IDocumentStore documents, ContextSources sources)
{
    private const int MostUsualPatterns = 200; // Patterns that didn't move are kept for the report, these many.

    /// <param name="components">Nearest to the incident first; empty asks for all.</param>
    /// <returns>A part; a source that is missing or denied gives one that says so.</returns>
    /// <exception cref="SourceUnavailableException">It may answer later.</exception>
    public async Task<ContextPart> AskAsync(
        Incident incident, ContextSource source, int round, AnalysisWindows windows, IReadOnlyList<string> components, CancellationToken cancellationToken)
    {
        var query = new TelemetryQuery(incident.Id, windows.Hull, components);
        try
        {
            return source switch
            {
                ContextSource.Metrics => await MetricsAsync(query, windows, cancellationToken),
                ContextSource.Logs => await LogsAsync(query, windows, cancellationToken),
                ContextSource.Traces => await TracesAsync(query, windows, cancellationToken),
                ContextSource.Topology => await TopologyAsync(query, windows, cancellationToken),
                ContextSource.Changes => await ChangesAsync(query, windows, cancellationToken),
                ContextSource.Objectives => await ObjectivesAsync(query, windows, cancellationToken),
                ContextSource.PastIncidents => await PastIncidentsAsync(incident, round, windows, cancellationToken),
                _ => throw new ArgumentOutOfRangeException(nameof(source), source, "not a source"),
            };
        }
        catch (SourceMissingException missing)
        {
            return Without(source, windows, SourceStatus.Missing, missing.Message);
        }
        catch (SourceDeniedException denied)
        {
            return Without(source, windows, SourceStatus.Denied, denied.Message);
        }
    }

    private async Task<ContextPart> MetricsAsync(TelemetryQuery query, AnalysisWindows windows, CancellationToken cancellationToken)
    {
        var answer = await Configured(sources.Metrics).QueryAsync(query, cancellationToken);
        var gaps = answer.Gaps.Concat(MetricGaps.Of(answer.Items, windows, query.Components)).ToList();
        return Part(ContextSource.Metrics, windows, answer.Items.Count, answer.Provenance, gaps) with { Metrics = answer.Items };
    }

    private async Task<ContextPart> LogsAsync(TelemetryQuery query, AnalysisWindows windows, CancellationToken cancellationToken)
    {
        var tally = new LogPatternTally(windows.Baseline, windows.Incident);
        var report = await Configured(sources.Logs).ReadAsync(query, tally.Add, cancellationToken);
        var gaps = report.Gaps.ToList();
        if (report.Count > 0 && tally.BaselineLines == 0)
        {
            gaps.Add("no log line in the baseline, so none can be called new");
        }

        if (report.Count > 0 && tally.IncidentLines == 0)
        {
            gaps.Add("no log line in the incident's window");
        }

        var shifts = tally.Compare();
        return Part(ContextSource.Logs, windows, tally.BaselineLines + tally.IncidentLines, report.Provenance, gaps) with
        {
            Logs = [.. shifts.Where(s => s.Trend != LogPatternTrend.Same), .. shifts.Where(s => s.Trend == LogPatternTrend.Same).Take(MostUsualPatterns)],
            Sequences = tally.CompareSequences(),
        };
    }

    private async Task<ContextPart> TracesAsync(TelemetryQuery query, AnalysisWindows windows, CancellationToken cancellationToken)
    {
        var condenser = new SpanCondenser(windows.Baseline, windows.Incident);
        var report = await Configured(sources.Traces).ReadAsync(query, condenser.Add, cancellationToken);
        var shifts = condenser.Condense();
        var gaps = report.Gaps.ToList();
        if (shifts.Count > 0 && shifts.All(s => s.Baseline.Count == 0))
        {
            gaps.Add("no span in the baseline, so none can be compared");
        }

        return Part(ContextSource.Traces, windows, shifts.Count, report.Provenance, gaps) with { Traces = shifts };
    }

    private async Task<ContextPart> TopologyAsync(TelemetryQuery query, AnalysisWindows windows, CancellationToken cancellationToken)
    {
        var answer = await Configured(sources.Topology).QueryAsync(query, cancellationToken);
        List<string> gaps = [.. answer.Gaps, .. query.Components.Where(c => !answer.Items.Contains(c)).Select(c => $"the topology doesn't know {c}")];
        return Part(ContextSource.Topology, windows, answer.Items.Components.Count(), answer.Provenance, gaps) with { Topology = answer.Items };
    }

    private async Task<ContextPart> ChangesAsync(TelemetryQuery query, AnalysisWindows windows, CancellationToken cancellationToken)
    {
        var answer = await Configured(sources.Changes).QueryAsync(query, cancellationToken);
        return Part(ContextSource.Changes, windows, answer.Items.Count, answer.Provenance, answer.Gaps) with { Changes = answer.Items };
    }

    private async Task<ContextPart> ObjectivesAsync(TelemetryQuery query, AnalysisWindows windows, CancellationToken cancellationToken)
    {
        var answer = await Configured(sources.Objectives).QueryAsync(query, cancellationToken);
        return Part(ContextSource.Objectives, windows, answer.Items.Count, answer.Provenance, answer.Gaps) with { Objectives = answer.Items };
    }

    private async Task<ContextPart> PastIncidentsAsync(Incident incident, int round, AnalysisWindows windows, CancellationToken cancellationToken)
    {
        var found = await Configured(sources.PastIncidents).CandidatesAsync(incident, cancellationToken);
        var members = await incidents.MembersAsync(incident.Id, cancellationToken);
        var now = Fingerprints.Early(incident, members, await documents.KindAsync(incident.Id, round, cancellationToken));
        var alike = KnowledgeIndex.Of(found.Cases).Similar(now, IncidentText.Of(incident), incident.Id);
        var provenance = new Provenance("past incidents", $"{found.Cases.Count} of {incident.Scope} compared", windows.Hull);
        return Part(ContextSource.PastIncidents, windows, alike.Count, provenance, found.Gaps) with { PastIncidents = alike };
    }

    private static T Configured<T>(T? source) where T : class => source ?? throw new SourceMissingException("none is configured");

    private static ContextPart Part(ContextSource source, AnalysisWindows windows, long count, Provenance provenance, IReadOnlyList<string> gaps)
    {
        var status = count == 0 ? SourceStatus.Empty : gaps.Count > 0 ? SourceStatus.Partial : SourceStatus.Complete;
        return new ContextPart { Source = new SourcePart(source, status, provenance, gaps), Windows = windows };
    }

    private static ContextPart Without(ContextSource source, AnalysisWindows windows, SourceStatus status, string why)
        => new() { Source = new SourcePart(source, status, null, [why]), Windows = windows };
}
