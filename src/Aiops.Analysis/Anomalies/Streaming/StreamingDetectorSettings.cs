namespace Aiops.Analysis.Anomalies.Streaming;

/// <summary>
/// What <see cref="StreamingDetector"/> is set to: one setting for every series. Each lies on a plateau: chosen so that
/// settings up to a fifth away, drawn at random, do well on average on labelled series, and not for the highest figure.
/// </summary>
public sealed record StreamingDetectorSettings
{
    public static StreamingDetectorSettings Default { get; } = new();

    /// <summary>Points before the first verdict: fewer don't tell how far a series strays by itself.</summary>
    public int FewestPoints { get; init; } = 150;

    /// <summary>Points over which the level forgets; it is a running mean until then.</summary>
    public double LevelMemory { get; init; } = 1_500;

    /// <summary>Points over which it is forgotten how far deviations reach, how long runs and gaps last.</summary>
    public double SpreadMemory { get; init; } = 4_000;

    /// <summary>Points over which deviations are averaged to see a shift.</summary>
    public double ShiftMemory { get; init; } = 12;

    /// <summary>Points over which deviations are averaged to see a slow drift, too slight for the short average.</summary>
    public double DriftMemory { get; init; } = 100;

    /// <summary>Reaches from the expected value at which a single point is an anomaly.</summary>
    public double SpikeLimit { get; init; } = 3.75;

    /// <summary>Reaches from the last few points at which a single point is an anomaly.</summary>
    public double JumpLimit { get; init; } = 3.5;

    /// <summary>Reaches at which the short average is an anomaly.</summary>
    public double ShiftLimit { get; init; } = 3.8;

    /// <summary>Reaches at which the long average is an anomaly.</summary>
    public double DriftLimit { get; init; } = 3.6;

    /// <summary>A run of equal values, or a gap, this many times longer than the longest before is an anomaly.</summary>
    public double StillnessLimit { get; init; } = 3;

    /// <summary>Even a series that always moves may repeat itself for so many points.</summary>
    public double ShortestRun { get; init; } = 30;

    /// <summary>Even a series without gaps may miss so many points.</summary>
    public double ShortestGap { get; init; } = 10;

    /// <summary>A season is used where it leaves at most this share of the variance around the level.</summary>
    public double SeasonLimit { get; init; } = 0.65;

    /// <summary>An alarm raises the bar for the next by so many times its usual height…</summary>
    public double RefractoryGain { get; init; } = 2;

    /// <summary>…which sinks again over this time, but over no fewer and no more points than told below.</summary>
    public TimeSpan RefractoryTime { get; init; } = TimeSpan.FromHours(12);

    public double FewestRefractoryPoints { get; init; } = 20;

    public double MostRefractoryPoints { get; init; } = 400;
}
