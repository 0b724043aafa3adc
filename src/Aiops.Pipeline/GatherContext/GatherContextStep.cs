using Aiops.Pipeline.GatherContext.Sources;
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

/// <summary>Asks one source about an incident and stores what it gives as a part of the context.</summary>
/// <remarks><see cref="SourceUnavailableException"/> passes through, and the workflow retries by that name.</remarks>
public sealed partial class GatherContextStep(
    IIncidents incidents, IDocumentStore documents, ContextSources sources, TimeProvider clock, ILogger<GatherContextStep> logger)
{
    private const int MostGaps = 5;

    private readonly ContextDocuments parts = new(documents);
    private readonly ContextGatherer gatherer = new(incidents, documents, sources);

    public async Task<GatherContextOutput> RunAsync(GatherContextInput input, CancellationToken cancellationToken)
    {
        var incident = await incidents.GetAsync(input.IncidentId, cancellationToken);
        var windows = await WindowsAsync(incident, input.Source, cancellationToken);
        var part = await gatherer.AskAsync(incident, input.Source, input.Round, windows, incident.Components, cancellationToken);
        var key = await parts.WriteAsync(incident.Id, input.Round, part, cancellationToken);
        LogGathered(incident.Id, input.Source, part.Source.Status);
        return new GatherContextOutput(input.Source, key, part.Source.Status, [.. part.Source.Gaps.Take(MostGaps)]);
    }

    private async Task<AnalysisWindows> WindowsAsync(Incident incident, ContextSource source, CancellationToken cancellationToken)
        => (sources.Windows is { } hints ? await hints.WindowsAsync(incident.Id, source, cancellationToken) : null)?.WithGuard()
            ?? AnalysisWindows.For(incident, clock.GetUtcNow());

    [LoggerMessage(Level = LogLevel.Information, Message = "Gathered {Source} of {IncidentId}: {Status}")]
    private partial void LogGathered(string incidentId, ContextSource source, SourceStatus status);
}
