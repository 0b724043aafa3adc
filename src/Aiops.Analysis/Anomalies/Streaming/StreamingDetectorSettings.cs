namespace Aiops.Analysis.Anomalies.Streaming;

/// <summary>
/// What <see cref="StreamingDetector"/> is set to: one setting for every series. Chosen by leave-one-category-out on labelled
/// series; each lies on a plateau, where a fifth more or less costs little.
/// </summary>
public sealed record StreamingDetectorSettings
{
    public static StreamingDetectorSettings Default { get; } = new();

    /// <summary>Points before the first verdict: fewer don't tell how far a series strays by itself.</summary>
    public int FewestPoints { get; init; } = 150;

    /// <summary>Points over which the level forgets; it is a running mean until then.</summary>
    public double LevelMemory { get; init; } = 1_000;

    /// <summary>Points over which it is forgotten how far deviations reach, how long runs and gaps last.</summary>
    public double SpreadMemory { get; init; } = 6_000;

    /// <summary>Points over which deviations are averaged to see a shift.</summary>
    public double ShiftMemory { get; init; } = 10;

    /// <summary>Points over which deviations are averaged to see a slow drift, too slight for the short average.</summary>
    public double DriftMemory { get; init; } = 100;

    /// <summary>Spreads from the expected value at which a single point is an anomaly.</summary>
    public double SpikeLimit { get; init; } = 3.5;

    /// <summary>Spreads at which the short average is an anomaly.</summary>
    public double ShiftLimit { get; init; } = 3.3;

    /// <summary>Spreads at which the long average is an anomaly.</summary>
    public double DriftLimit { get; init; } = 2.5;

    /// <summary>A run of equal values, or a gap, this many times longer than the longest before is an anomaly.</summary>
    public double StillnessLimit { get; init; } = 3;

    /// <summary>The longest run, in points, that any series may be assumed to have had.</summary>
    public double ShortestRun { get; init; } = 30;

    /// <summary>The longest gap, in usual steps, that any series may be assumed to have had.</summary>
    public double ShortestGap { get; init; } = 5;

    /// <summary>A season is used where it leaves at most this share of the variance around the level.</summary>
    public double SeasonLimit { get; init; } = 0.7;

    /// <summary>Right after an alarm the next needs a departure higher by this multiple of the usual one…</summary>
    public double RefractoryGain { get; init; } = 2;

    /// <summary>…which fades over so many points.</summary>
    public double RefractoryMemory { get; init; } = 180;
}
