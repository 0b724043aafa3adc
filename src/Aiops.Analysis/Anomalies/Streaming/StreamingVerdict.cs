namespace Aiops.Analysis.Anomalies.Streaming;

/// <summary>What one point says, in the light of the points before it.</summary>
/// <param name="Expected">The value that history promised, in the series' unit; NaN while there is none.</param>
/// <param name="Low">
/// The band's lower edge: a value below it is an anomaly by itself. NaN as long as too few points are known.
/// </param>
/// <param name="High">The band's upper edge.</param>
/// <param name="Departure">
/// How far the series is from usual, from 0; 1 and above is an anomaly. Stays high as long as the anomaly lasts.
/// </param>
/// <param name="Score">
/// From 0 to 1: the departure as news. Lower while an earlier alarm is fresh, so that an incident alarms once.
/// </param>
/// <param name="Shape">What departs most; <see cref="AnomalyShape.None"/> while the departure is below 1.</param>
public readonly record struct StreamingVerdict(
    double Expected, double Low, double High, double Departure, double Score, AnomalyShape Shape)
{
    /// <summary>The one threshold, for every series.</summary>
    public const double Threshold = 0.5;

    /// <summary>Worth telling someone.</summary>
    public bool Alarm => Score >= Threshold;
}

/// <summary>In which way a series left its usual course.</summary>
public enum AnomalyShape
{
    None,

    /// <summary>A single value far out.</summary>
    Spike,

    /// <summary>
    /// Values that are off together, none of them perhaps far out: a shift of level, a missing or misplaced season, a burst.
    /// </summary>
    Shift,

    /// <summary>A series that used to move repeats one value.</summary>
    Flatline,

    /// <summary>Points failed to come for far longer than ever before.</summary>
    Gap,
}
