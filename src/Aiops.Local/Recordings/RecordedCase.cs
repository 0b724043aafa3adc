using Aiops.Pipeline;

namespace Aiops.Local.Recordings;

/// <summary>An earlier incident that people reviewed, as a recording brings it along for the knowledge base.</summary>
public sealed record RecordedCase
{
    public required string IncidentId { get; init; }

    public required string Title { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>What kind of trouble it looked like.</summary>
    public IncidentKind Kind { get; init; }

    /// <summary>The service that alarmed.</summary>
    public string? Service { get; init; }

    /// <summary>Everything that took part, causes and victims.</summary>
    public IReadOnlyList<string> Components { get => field ?? []; init; } // Generated JSON code sets what is absent to null.

    /// <summary>What was seen, a phrase each: log templates, metric names.</summary>
    public IReadOnlyList<string> Symptoms { get => field ?? []; init; }

    /// <summary>What people said about it; <see cref="Pipeline.Outcome.Component"/> is the true cause.</summary>
    public required Outcome Outcome { get; init; }
}
