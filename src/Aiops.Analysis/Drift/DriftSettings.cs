using Aiops.Analysis.Telemetry;

namespace Aiops.Analysis.Drift;

/// <summary>What a series measures, and how often a false alarm about it may be borne.</summary>
public sealed record DriftSettings
{
    internal const double FewestPerFalseAlarm = 100; // Below, the asymptotic threshold is too far from asymptotic.

    /// <summary>
    /// Decides the direction that harms, and the least spread that interests anybody (<see cref="Anomalies.RobustBaseline"/>).
    /// </summary>
    public SignalKind Kind { get; init; } = SignalKind.Latency;

    /// <summary>Of the values; empty when unknown.</summary>
    public string Unit { get; init; } = "";

    /// <summary>
    /// How many measurements of a series without any change go by, on average, from one false alarm to the next, rises and
    /// falls together, for normal noise; other noise is made alike by clipping and by its long-run variance. At least 100.
    /// </summary>
    public double MeasurementsPerFalseAlarm { get; init; } = 20_000;

    /// <summary>A smaller change of level is of no practical interest, however certain: in robust standard deviations.</summary>
    public double LeastDeviations { get; init; } = 0.5;

    /// <summary>
    /// A smaller change, as a share of the level before, is of no practical interest either; zero for a gauge whose zero means
    /// nothing.
    /// </summary>
    public double LeastRelativeRise { get; init; } = 0.02;

    /// <summary>From this spread on, as a share of the level, a series without drift is called highly deviating.</summary>
    public double HighRelativeSpread { get; init; } = 0.05;

    internal bool Harms(bool upwards) => Kind switch
    {
        SignalKind.Latency or SignalKind.Errors or SignalKind.Saturation => upwards,
        SignalKind.Availability => !upwards,
        _ => true,
    };
}
