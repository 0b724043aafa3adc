namespace Aiops.Ask.ServiceReport;

/// <summary>Tells which hours had other traffic than is usual at that hour of that weekday.</summary>
/// <remarks>
/// Usual is the median of the same weekday and hour before the stretch; of the same hour on any day where fewer than three such
/// weekdays are known; and where those are fewer, nothing is said. What departs by more than 3.5 robust deviations [Iglewicz1993]
/// is unusual; a deviation is at least that of a Poisson count, for a quiet hour has no spread to divide by.
/// B. Iglewicz, D. C. Hoaglin: How to Detect and Handle Outliers, 1993.
/// </remarks>
internal static class UsualTraffic
{
    public const double Threshold = 3.5;
    private const int Enough = 3;
    private const double ToDeviation = 1.4826; // Of the median absolute deviation, for a normal distribution.

    /// <param name="requests">By hour; an hour without requests is absent.</param>
    /// <param name="known">From when on there is telemetry: hours before it aren't counted as empty.</param>
    public static IReadOnlyList<UnusualHour> Of(IReadOnlyDictionary<DateTime, long> requests, DateTime known, DateTime from, DateTime to)
    {
        List<UnusualHour> unusual = [];
        for (var hour = HourOf(from); hour.AddHours(1) <= to; hour = hour.AddHours(1)) // A last part of an hour has only a part of its requests.
        {
            var days = Earlier(hour, from, known).Where(day => day.DayOfWeek == hour.DayOfWeek).ToList();
            var sameWeekday = days.Count >= Enough;
            days = sameWeekday ? days : [.. Earlier(hour, from, known)];
            if (days.Count < Enough || hour < from)
            {
                continue;
            }

            double[] usual = [.. days.Select(day => (double)requests.GetValueOrDefault(day)).Order()];
            var median = Median(usual);
            var deviation = Math.Max(ToDeviation * Median([.. usual.Select(value => Math.Abs(value - median)).Order()]), Math.Sqrt(Math.Max(1, median)));
            var score = (requests.GetValueOrDefault(hour) - median) / deviation;
            if (Math.Abs(score) > Threshold)
            {
                unusual.Add(new UnusualHour(hour, requests.GetValueOrDefault(hour), median, score, sameWeekday));
            }
        }

        return unusual;
    }

    private static IEnumerable<DateTime> Earlier(DateTime hour, DateTime from, DateTime known)
    {
        for (var day = hour.AddDays(-1); day >= known; day = day.AddDays(-1))
        {
            if (day < from)
            {
                yield return day;
            }
        }
    }

    private static DateTime HourOf(DateTime time) => time.Date.AddHours(time.Hour);

    private static double Median(double[] sorted) => sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}

/// <param name="Score">Robust deviations from the usual; negative where there was less.</param>
/// <param name="IsOfWeekday">Whether it was compared with the same weekday; else with the same hour of any day.</param>
internal sealed record UnusualHour(DateTime Hour, long Requests, double Usual, double Score, bool IsOfWeekday);
