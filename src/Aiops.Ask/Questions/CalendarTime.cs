using System.Globalization;

namespace Aiops.Ask.Questions;

/// <summary>Days, weeks and months counted from a given moment. Weeks begin on Monday.</summary>
internal static class CalendarTime
{
    // Far enough from the ends of the calendar to count a stretch back or on.
    public static bool IsYear(int year) => year is >= 1900 and <= 2200;

    /// <summary>today, yesterday, a weekday or 2026-03-01; null for anything else.</summary>
    public static DateTime? DayOf(string word, DateTime now) => word.ToLowerInvariant() switch
    {
        "today" => now.Date,
        "yesterday" => now.Date.AddDays(-1),
        var date => DateTime.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? (IsYear(day.Year) ? day : null) : WeekdayOf(date, now),
    };

    /// <summary>The newest such day that isn't in the future.</summary>
    private static DateTime? WeekdayOf(string word, DateTime now)
        => Enum.TryParse<DayOfWeek>(word, ignoreCase: true, out var day) && !char.IsDigit(word[0]) ? now.Date.AddDays(-(((int)now.DayOfWeek - (int)day + 7) % 7)) : null;

    /// <summary>So many units before; months and years by the calendar.</summary>
    public static DateTime Back(DateTime now, int many, string unit) => unit switch
    {
        "minute" => now.AddMinutes(-many),
        "hour" => now.AddHours(-many),
        "day" => now.AddDays(-many),
        "week" => now.AddDays(-7L * many),
        "month" => now.AddMonths(-Math.Min(many, 1_200)),
        _ => now.AddYears(-Math.Min(many, 100)),
    };

    /// <summary>The whole unit that a moment is in, or one so many away.</summary>
    public static TimeRange Whole(string unit, DateTime now, int away)
    {
        var from = unit switch
        {
            "hour" => now.Date.AddHours(now.Hour + away),
            "day" => now.Date.AddDays(away),
            "week" => now.Date.AddDays(-(((int)now.DayOfWeek + 6) % 7)).AddDays(7 * away),
            "month" => new DateTime(now.Year, now.Month, 1).AddMonths(away),
            _ => new DateTime(now.Year, 1, 1).AddYears(away),
        };
        return new TimeRange(from, unit switch
        {
            "hour" => from.AddHours(1),
            "day" => from.AddDays(1),
            "week" => from.AddDays(7),
            "month" => from.AddMonths(1),
            _ => from.AddYears(1),
        });
    }

    // The moment itself belongs to what ends now.
    public static DateTime Just(DateTime now) => now.AddTicks(TimeSpan.TicksPerMillisecond / 1_000);
}
