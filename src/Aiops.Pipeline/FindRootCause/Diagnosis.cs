using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.FindRootCause;

/// <summary>The engine's answer: ranked hypotheses over numbered evidence, or why there are none.</summary>
public sealed record Diagnosis
{
    public required IReadOnlyList<Hypothesis> Hypotheses { get; init; }

    /// <summary>All evidence, cited or not, in order of id.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>Why nothing is named ("nothing departs from its baseline"); null when something is.</summary>
    public string? NotEnoughEvidence { get; init; }

    /// <summary>When the fault began by the evidence, which is seldom when the alarm says; null when nothing was found.</summary>
    public DateTimeOffset? Onset { get; init; }

    /// <summary>All suspects in terms that hold for any service, the most probable first: what a review turns into a case.</summary>
    public IReadOnlyList<SuspectSignature> Signatures { get => field ?? []; init; }

    /// <summary>
    /// Reviewed cases that resemble the incident by all that was found, the most alike first; null where nobody was asked, and
    /// then <see cref="IncidentContext.PastIncidents"/> has what its alarms alone resemble.
    /// </summary>
    public IReadOnlyList<PastIncident>? Similar { get; init; }

    /// <summary>What runbooks and post-mortems say of it, the best first.</summary>
    public IReadOnlyList<RunbookExcerpt> Runbooks { get => field ?? []; init; }

    public Evidence this[string id] => Evidence.First(evidence => evidence.Id == id);
}
