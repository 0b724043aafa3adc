namespace Aiops.Analysis.Storms;

/// <summary>
/// What each kind of evidence counts when an alarm is held against an open incident. The three weights sum to 1, so a total
/// is at most 1; the defaults make distance and time trade off: the further apart two components are, the closer in time
/// their alarms must be.
/// </summary>
public sealed record CorrelationWeights
{
    public static CorrelationWeights Default { get; } = new();

    /// <summary>Alone it reaches the threshold for the very same component, and for no other.</summary>
    public double Topology { get; init; } = 0.5;

    public double Time { get; init; } = 0.3;

    /// <summary>Too little to join two alarms by itself: names repeat across systems that share nothing.</summary>
    public double Similarity { get; init; } = 0.2;

    /// <summary>
    /// A total from here on joins. With the defaults and no similarity a direct neighbour joins within 25 minutes, two hops
    /// within 17, three within 10, four (or the same small system) within two and a half.
    /// </summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Time counts for 1 at no gap and falls in a line to 0 here; beyond it nothing correlates.</summary>
    /// <remarks>Alarms of one fault follow each other by evaluation periods, which are minutes; half an hour is generous.</remarks>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(30);
}
