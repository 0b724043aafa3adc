namespace Aiops.Accuracy.Anomalies;

/// <summary>
/// What alarms earned on one series, or on several added up; weights come last, so that one tally serves every profile.
/// </summary>
internal readonly record struct NabTally
{
    public int Windows { get; init; }

    /// <summary>Windows that reach beyond probation; the others can be neither found nor missed.</summary>
    public int Scorable { get; init; }

    public int Found { get; init; }

    /// <summary>The worth of the found windows, at most 1 each.</summary>
    public double Gained { get; init; }

    /// <summary>The cost of the false alarms, at most 1 each.</summary>
    public double Lost { get; init; }

    public int FalseAlarms { get; init; }

    /// <summary>Scored points outside every window.</summary>
    public int PointsOutside { get; init; }

    /// <summary>Scored points.</summary>
    public int Points { get; init; }

    public double FalseAlarmsPerThousand => Points == 0 ? double.NaN : 1_000.0 * FalseAlarms / Points;

    public static NabTally operator +(NabTally one, NabTally other) => new()
    {
        Windows = one.Windows + other.Windows,
        Scorable = one.Scorable + other.Scorable,
        Found = one.Found + other.Found,
        Gained = one.Gained + other.Gained,
        Lost = one.Lost + other.Lost,
        FalseAlarms = one.FalseAlarms + other.FalseAlarms,
        PointsOutside = one.PointsOutside + other.PointsOutside,
        Points = one.Points + other.Points,
    };

    public static NabTally Sum(IEnumerable<NabTally> tallies)
        => tallies.Aggregate(default(NabTally), (sum, tally) => sum + tally);

    /// <summary>The raw score: what one sums over a corpus before it is normalised.</summary>
    public double Score(NabProfile profile)
        => (profile.TruePositive * Gained) - (profile.FalsePositive * Lost) - (profile.FalseNegative * (Scorable - Found));

    /// <summary>
    /// 100 for a detector that finds every window at once and nothing else, 0 for one that never alarms; NaN without
    /// windows.
    /// </summary>
    public double Normalised(NabProfile profile)
    {
        var never = -profile.FalseNegative * Scorable;
        var perfect = profile.TruePositive * Windows;
        return Windows == 0 ? double.NaN : 100 * (Score(profile) - never) / (perfect - never);
    }
}
