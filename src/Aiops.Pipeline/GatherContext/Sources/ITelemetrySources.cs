using Aiops.Analysis;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;

namespace Aiops.Pipeline.GatherContext.Sources;

/// <summary>What to ask a source: the incident's components first, if it can't give everything.</summary>
/// <param name="Window">Baseline and incident together.</param>
/// <param name="Components">The components nearest to the incident come first; empty asks for all.</param>
public sealed record TelemetryQuery(string IncidentId, TimeWindow Window, IReadOnlyList<string> Components);

/// <summary>What a source gave, where from, and what was odd about it.</summary>
/// <param name="Gaps">Duplicate or unordered stamps, empty files, other clocks, limits reached: a sentence each.</param>
public sealed record SourceAnswer<T>(T Items, Provenance Provenance, IReadOnlyList<string> Gaps);

/// <summary>How reading a stream went.</summary>
/// <param name="Count">Records handed to the sink.</param>
public sealed record SourceReport(long Count, Provenance Provenance, IReadOnlyList<string> Gaps);

/// <summary>Metrics with history.</summary>
/// <exception cref="SourceMissingException">Any method: there is no such source for this incident.</exception>
/// <exception cref="SourceDeniedException">Any method: we aren't allowed to ask.</exception>
public interface IMetricSource
{
    Task<SourceAnswer<IReadOnlyList<MetricSeries>>> QueryAsync(TelemetryQuery query, CancellationToken cancellationToken);
}

/// <summary>Log lines; see <see cref="IMetricSource"/> for what is thrown.</summary>
public interface ILogSource
{
    /// <summary>Hands each line of the window to the sink, in no promised order.</summary>
    Task<SourceReport> ReadAsync(TelemetryQuery query, LogSink sink, CancellationToken cancellationToken);
}

/// <summary>Spans; see <see cref="IMetricSource"/> for what is thrown.</summary>
public interface ITraceSource
{
    /// <summary>Hands each span of the window to the sink, in no promised order.</summary>
    Task<SourceReport> ReadAsync(TelemetryQuery query, SpanSink sink, CancellationToken cancellationToken);
}

/// <summary>Who calls whom; see <see cref="IMetricSource"/> for what is thrown.</summary>
public interface ITopologySource
{
    Task<SourceAnswer<ServiceGraph>> QueryAsync(TelemetryQuery query, CancellationToken cancellationToken);
}

/// <summary>What was changed; see <see cref="IMetricSource"/> for what is thrown.</summary>
public interface IChangeSource
{
    Task<SourceAnswer<IReadOnlyList<Change>>> QueryAsync(TelemetryQuery query, CancellationToken cancellationToken);
}

/// <summary>Service level objectives and their budgets; see <see cref="IMetricSource"/> for what is thrown.</summary>
public interface IObjectiveSource
{
    Task<SourceAnswer<IReadOnlyList<ObjectiveBudget>>> QueryAsync(TelemetryQuery query, CancellationToken cancellationToken);
}
