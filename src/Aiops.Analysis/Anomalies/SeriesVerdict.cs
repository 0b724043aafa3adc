namespace Aiops.Analysis.Anomalies;

/// <summary>What became of one series during the incident.</summary>
public abstract record SeriesVerdict
{
    private SeriesVerdict() { }

    /// <summary>Within what its baseline shows by itself.</summary>
    /// <param name="Nearest">The stretch that came nearest to departing.</param>
    public sealed record Usual(Departure Nearest) : SeriesVerdict
    {
        public double Strength => Nearest.Strength;
    }

    /// <summary>Out of the range of its baseline, in a direction that harms.</summary>
    public sealed record Departed(Departure Departure) : SeriesVerdict;

    /// <summary>Nothing can be said: an ordinary answer for a new service.</summary>
    public sealed record Undecided(string Reason) : SeriesVerdict;
}

/// <summary>How a series left its baseline.</summary>
/// <param name="Onset">The first sample of the stretch that departs most.</param>
/// <param name="Usual">The baseline's median, in the series' unit.</param>
/// <param name="Reached">The sample of the stretch that is furthest out, in the series' unit.</param>
/// <param name="Deviations">
/// The mean distance of the stretch from the median, in robust standard deviations; positive where it departed.
/// </param>
/// <param name="Strength">
/// The scan's strength, deflated where the baseline itself shows such stretches: comparable between series; 3.5 and above departs.
/// </param>
public sealed record Departure(
    DateTimeOffset Onset, bool Upwards, double Usual, double Reached, double Deviations, double Strength)
{
    /// <summary>The stretch's last sample.</summary>
    public DateTimeOffset Last { get; init; }

    /// <summary>A single sample among many, usual again after it: seldom a fault.</summary>
    public bool IsBlip { get; init; }

    /// <summary>It had already departed when the window began, so nobody knows since when: perhaps for days.</summary>
    public bool IsOlder { get; init; }
}
