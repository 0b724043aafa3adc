namespace Aiops.Analysis.Drift;

/// <summary>
/// What a series shows after its newest measurement. The five kinds are those by which people who review build-indexed
/// performance measurements sort them [Bach2022]; <see cref="Undecided"/> is said until there is a pattern to compare with.
/// </summary>
/// <remarks>
/// [Bach2022] T. Bach, P. Lv, M. Le: Performance Regression Data Set, SAP (2022), "On (automated) performance regression
/// detection".
/// </remarks>
public abstract record DriftVerdict
{
    private DriftVerdict() { }

    /// <summary>One level, little spread.</summary>
    public sealed record Stable(double Level) : DriftVerdict;

    /// <summary>Single measurements far out, the level as before: something outside disturbed them.</summary>
    /// <param name="Last">The latest of them.</param>
    /// <param name="Deviations">How far out it is, in robust standard deviations; negative below.</param>
    /// <param name="IsNewest">It is the measurement just taken.</param>
    public sealed record Spike(Measurement Last, double Deviations, bool IsNewest) : DriftVerdict;

    /// <summary>The level drifted or jumped to where it harms, and stays there.</summary>
    /// <param name="Shift">When, after which deployment, from what to what.</param>
    /// <param name="IsNew">This measurement raised it; false while it lasts.</param>
    public sealed record Regression(LevelShift Shift, bool IsNew) : DriftVerdict;

    /// <summary>Measurements scatter widely about one level, and always did.</summary>
    /// <param name="RelativeSpread">Robust standard deviation over the level.</param>
    public sealed record HighDeviation(double RelativeSpread) : DriftVerdict;

    /// <summary>Each build has a level of its own, to and fro, without drift: how it was built shows, not what it does.</summary>
    /// <param name="Share">Of the variance, what lies between builds: the intraclass correlation.</param>
    public sealed record BuildDependent(double Share) : DriftVerdict;

    /// <summary>Nothing can be said yet.</summary>
    public sealed record Undecided(string Reason) : DriftVerdict;
}

/// <summary>A change of level that lasts.</summary>
/// <param name="Onset">Position of the first measurement on the new level, or of the first of a gradual climb.</param>
/// <param name="Earliest">First end of the onset's 95 % interval, included.</param>
/// <param name="Latest">Its other end, included.</param>
/// <param name="Before">Median of the pattern before, in the series' unit.</param>
/// <param name="After">Median since the onset.</param>
/// <param name="Deviations">Mean change in robust standard deviations, outliers clipped; negative for a fall.</param>
/// <param name="Strength">How sure it is: the likelihood ratio's root, in standard errors, always positive.</param>
/// <param name="IsGradual">A climb fits better than a jump.</param>
public sealed record LevelShift(
    long Onset, long Earliest, long Latest, double Before, double After, double Deviations, double Strength, bool IsGradual)
{
    /// <summary>The last deployment before the onset; null when none is known.</summary>
    public Deployment? Since { get; init; }

    /// <summary>Every deployment after which it may have begun, in order: those within the onset's interval.</summary>
    public IReadOnlyList<Deployment> Suspects { get; init; } = [];
}
