namespace Aiops.Analysis.Learning;

/// <summary>One judged incident: who was suspected, and who it was.</summary>
/// <param name="Id">Names the case where an answer is explained.</param>
/// <param name="Suspects">Those of whom something is known now: all, in the engine's order, or the one that was ruled out alone.</param>
/// <param name="Cause">The index of the true cause among <paramref name="Suspects"/>; null when it was none of them.</param>
/// <param name="Groups">
/// What agreement is counted by, from the widest to the narrowest (the kind of incident, then the service): each is shrunk towards the one before.
/// </param>
public sealed record KnownCase(string Id, IReadOnlyList<KnownSuspect> Suspects, int? Cause, IReadOnlyList<string> Groups)
{
    /// <summary>The index of the one that was named first; null when nobody was, or it isn't among the suspects.</summary>
    public int? Named { get; init; }

    /// <summary>Only one that was ruled out is among the suspects: who it was instead isn't known.</summary>
    public bool IsPartial { get; init; }
}

/// <summary>A suspect in terms that hold for any service. Two are alike by what they share of each list; each holds a feature once.</summary>
/// <param name="Is">What it is, trouble or not: its type, its operations, what it usually logs.</param>
/// <param name="Shows">What it shows in this incident, and where it stands in it.</param>
/// <param name="Probability">What the engine gave it by itself, above 0.</param>
public sealed record KnownSuspect(IReadOnlyList<string> Is, IReadOnlyList<string> Shows, double Probability);
