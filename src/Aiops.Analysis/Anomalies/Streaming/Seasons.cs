namespace Aiops.Analysis.Anomalies.Streaming;

/// <summary>The seasons that telemetry has: hour, day and week; the one that explains the series best is used, or none.</summary>
/// <param name="limit">A season is used where it leaves at most this share of the variance around the level.</param>
internal sealed class Seasons(double limit)
{
    private const int FewestTried = 96; // Fewer points would choose a season by luck.
    private const double Loyalty = 1.2; // The one in use may be this much worse than the limit, or than another.
    private readonly SeasonalProfile hour = new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
    private readonly SeasonalProfile day = new(TimeSpan.FromDays(1), TimeSpan.FromMinutes(15));
    private readonly SeasonalProfile week = new(TimeSpan.FromDays(7), TimeSpan.FromHours(1));
    private SeasonalProfile? used;

    /// <summary>The deviation from the level that the season in use promises for the moment moved to; 0 without one.</summary>
    public double Promise { get; private set; }

    /// <summary>The share of the variance around the level that the season in use leaves; 1 without one.</summary>
    public double Unexplained { get; private set; } = 1;

    /// <returns>Whether another season is in use than before, or none any more.</returns>
    public bool MoveTo(long unixMilliseconds)
    {
        hour.MoveTo(unixMilliseconds);
        day.MoveTo(unixMilliseconds);
        week.MoveTo(unixMilliseconds);
        var before = used;
        used = before is not null && before.Unexplained < limit * Loyalty ? before : null;
        var least = used is null ? limit : used.Unexplained / Loyalty;
        Consider(hour, ref least);
        Consider(day, ref least);
        Consider(week, ref least);
        (Promise, Unexplained) = used is null ? (0, 1) : (used.Promise, used.Unexplained);
        return used != before;
    }

    /// <param name="deviation">From the level, at the moment moved to.</param>
    public void Learn(double deviation)
    {
        hour.Learn(deviation);
        day.Learn(deviation);
        week.Learn(deviation);
    }

    private void Consider(SeasonalProfile season, ref double least)
    {
        if (season.Promises && season.Tried >= FewestTried && season.Unexplained < least)
        {
            (used, least) = (season, season.Unexplained);
        }
    }
}
