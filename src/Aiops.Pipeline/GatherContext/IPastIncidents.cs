namespace Aiops.Pipeline.GatherContext;

/// <summary>Earlier incidents with what became of them; see <see cref="Sources.IMetricSource"/> for what is thrown.</summary>
public interface IPastIncidents
{
    /// <summary>Cases of the scope that may resemble the incident, itself left out, in no promised order.</summary>
    Task<PastCandidates> CandidatesAsync(Incident incident, CancellationToken cancellationToken);
}

/// <param name="Gaps">Where else cases might have been found, and why they weren't: a sentence each.</param>
public sealed record PastCandidates(IReadOnlyList<PastCase> Cases, IReadOnlyList<string> Gaps);
