namespace Aiops.Analysis.Anomalies.Streaming;

/// <summary>The seasons that telemetry has: hour, day and week; the one that explains the series best is used, or none.</summary>
internal sealed class Seasons(double limit)
{
    private readonly SeasonalProfile hour = new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
    private readonly SeasonalProfile day = new(TimeSpan.FromDays(1), TimeSpan.FromMinutes(15));
    private readonly SeasonalProfile week = new(TimeSpan.FromDays(7), TimeSpan.FromHours(1));

    /// <summary>The deviation from the level that the best season promises for the moment moved to; 0 without one.</summary>
    public double MoveTo(long unixMilliseconds)
    {
        hour.MoveTo(unixMilliseconds);
        day.MoveTo(unixMilliseconds);
        week.MoveTo(unixMilliseconds);
        var (promise, unexplained) = (0.0, limit);
        Consider(hour, ref promise, ref unexplained);
        Consider(day, ref promise, ref unexplained);
        Consider(week, ref promise, ref unexplained);
        return promise;
    }

    /// <param name="deviation">From the level, at the moment moved to.</param>
    public void Learn(double deviation)
    {
        hour.Learn(deviation);
        day.Learn(deviation);
        week.Learn(deviation);
    }

    private static void Consider(SeasonalProfile season, ref double promise, ref double unexplained)
    {
        if (season.Promises && season.Tried >= FewestTried && season.Unexplained < unexplained)
        {
            (promise, unexplained) = (season.Promise, season.Unexplained);
        }
    }

    private const int FewestTried = 96; // Fewer points would choose a season by luck.
}
