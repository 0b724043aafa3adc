using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Traces;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Retrieval;
using Microsoft.Extensions.Logging;

namespace Aiops.Pipeline.GatherContext;

/// <summary>The sources that a host has; null for one that it hasn't.</summary>
public sealed record ContextSources
{
    public IMetricSource? Metrics { get; init; }

    public ILogSource? Logs { get; init; }

    public ITraceSource? Traces { get; init; }

    public ITopologySource? Topology { get; init; }

    public IChangeSource? Changes { get; init; }

    public IObjectiveSource? Objectives { get; init; }

    public IPastIncidents? PastIncidents { get; init; }

    public IWindowHints? Windows { get; init; }
}

/// <summary>Asks one source about an incident, condenses what it gives, and stores it as a part of the context.</summary>
/// <remarks>
/// A source that is missing or denied is an ordinary answer, stored as such; <see cref="SourceUnavailableException"/> passes
/// through, and the workflow retries by that name.
/// </remarks>
public sealed partial class GatherContextStep(
    IIncidents incidents, IDocumentStore documents, ContextSources sources, TimeProvider clock, ILogger<GatherContextStep> logger)
{
    private const int MostUsualPatterns = 200; // Patterns that didn't move are kept for the report, these many.
    private const int MostGaps = 5;

    private readonly ContextDocuments parts = new(documents);

    public async Task<GatherContextOutput> RunAsync(GatherContextInput input, CancellationToken cancellationToken)
    {
        var incident = await incidents.GetAsync(input.IncidentId, cancellationToken);
        var windows = await WindowsAsync(incident, input.Source, cancellationToken);
        var part = await AskAsync(incident, input, windows, cancellationToken);
        var key = await parts.WriteAsync(incident.Id, input.Round, part, cancellationToken);
        LogGathered(incident.Id, input.Source, part.Source.Status);
        return new GatherContextOutput(input.Source, key, part.Source.Status, [.. part.Source.Gaps.Take(MostGaps)]);
    }

    private async Task<AnalysisWindows> WindowsAsync(Incident incident, ContextSource source, CancellationToken cancellationToken)
        => (sources.Windows is { } hints ? await hints.WindowsAsync(incident.Id, source, cancellationToken) : null)?.WithGuard()
            ?? AnalysisWindows.For(incident, clock.GetUtcNow());

    private async Task<ContextPart> AskAsync(Incident incident, GatherContextInput input, AnalysisWindows windows, CancellationToken cancellationToken)
    {
        var source = input.Source;
        var query = new TelemetryQuery(incident.Id, windows.Hull, incident.Components);
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
                ContextSource.PastIncidents => await PastIncidentsAsync(incident, input.Round, windows, cancellationToken),
                _ => throw new ArgumentOutOfRangeException(nameof(input), source, "not a source"),
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Gathered {Source} of {IncidentId}: {Status}")]
    private partial void LogGathered(string incidentId, ContextSource source, SourceStatus status);
}
