using Aiops.Pipeline.Classify;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Reason;

namespace Aiops.Pipeline.Comment;

/// <summary>Everything that the comment and the report show, gathered from the stages' documents; not yet masked.</summary>
public sealed record IncidentReport
{
    public required Incident Incident { get; init; }

    public required Classification Classification { get; init; }

    public required IncidentContext Context { get; init; }

    public required Diagnosis Diagnosis { get; init; }

    public required IReadOnlyList<Recommendation> Recommendations { get; init; }

    /// <summary>What a model made of the diagnosis, checked; null on a host without one.</summary>
    public Reasoning? Reasoning { get; init; }

    /// <summary>What happened, in order of event time.</summary>
    public required IReadOnlyList<TimelineEntry> Timeline { get; init; }

    /// <summary>When the analysis was made, by the clock of the run.</summary>
    public required DateTimeOffset AnalysedAt { get; init; }

    /// <summary>1 for the first analysis; a comment edited in place says which one it shows.</summary>
    public required int Round { get; init; }

    /// <summary>Whether the telemetry was made by a simulator: the report then says so at its top.</summary>
    public bool Simulated { get; init; }
}

/// <summary>One line of the incident's story.</summary>
/// <param name="Kind">alarm, onset, change, resolved, comment: decides the mark that is drawn.</param>
public sealed record TimelineEntry(DateTimeOffset At, string Kind, string Text, string Component = "");
