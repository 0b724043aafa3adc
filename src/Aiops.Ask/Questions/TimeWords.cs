using System.Globalization;
using System.Text.RegularExpressions;

namespace Aiops.Ask.Questions;

/// <summary>
/// Reads what a question says of time (<c>between 10 and 11</c>, <c>last 3 hours</c>, <c>this week against last</c>), counted from a
/// given moment. Weeks begin on Monday. "Last week" and "last month" are those of the calendar; "last hour" and "last day" end now.
/// </summary>
public static partial class TimeWords
{
    private const string Comparing = @"\b(?:against|versus|vs\.?|compared\s+(?:with|to)|than)\s+(?:the\s+)?";
    private const string From = @"(?<h1>\d{1,2})(?::(?<m1>\d{2}))?\s*(?<p1>am|pm|h|o'clock)?";
    private const string To = @"(?<h2>\d{1,2})(?::(?<m2>\d{2}))?\s*(?<p2>am|pm|h|o'clock)?";
    private const string Day = @"\d{4}-\d{2}-\d{2}|today|yesterday";

    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    public static SpokenTime Read(string question, DateTime now)
    {
        var comparison = ComparisonWord().Match(question);
        if (comparison.Success && Find(question[(comparison.Index + comparison.Length)..], now, atStart: true) is { } other
            && Find(question[..comparison.Index], now, atStart: false) is { } main)
        {
            var rest = question[..comparison.Index].Remove(main.Start, main.Length) + " " + question[(comparison.Index + comparison.Length + other.Start + other.Length)..];
            return new SpokenTime(main.Range, other.Range ?? Before(main), rest, IsComparison: true);
        }

        return Find(question, now, atStart: false) is { } found
            ? new SpokenTime(found.Range, Before(found), question.Remove(found.Start, found.Length))
            : new SpokenTime(null, null, question);
    }

    private static TimeRange? Before(Found found) => found.Range is { } range ? found.Unit switch
    {
        "month" => new TimeRange(range.From.AddMonths(-1), range.From),
        "year" => new TimeRange(range.From.AddYears(-1), range.From),
        _ => new TimeRange(range.From - (range.To - range.From), range.From),
    }
    : null;

    private sealed record Found(TimeRange? Range, int Start, int Length, string Unit = "");

    private static Found? Find(string text, DateTime now, bool atStart)
    {
        Found? best = null;
        foreach (var found in Everything(text, now))
        {
            best = best is null || found.Start < best.Start || (found.Start == best.Start && found.Length > best.Length) ? found : best;
        }

        // Of "against last": what the other side says, one before.
        if (atStart && (best is null || best.Start > 0))
        {
            var alone = LastAlone().Match(text);
            return alone.Success ? new Found(null, 0, alone.Length) : null;
        }

        return best;
    }

    private static IEnumerable<Found> Everything(string text, DateTime now)
    {
        foreach (Match match in Hours().Matches(text))
        {
            if (BetweenHours(match, now) is { } range)
            {
                yield return new Found(range, match.Index, match.Length);
            }
        }

        foreach (Match match in Days().Matches(text))
        {
            if (DayOf(match.Groups["from"].Value, now) is { } from && DayOf(match.Groups["to"].Value, now) is { } to && to >= from)
            {
                yield return new Found(new TimeRange(from, to.AddDays(1)), match.Index, match.Length);
            }
        }

        foreach (Match match in Rolling().Matches(text))
        {
            var many = match.Groups["many"].Value is { Length: > 0 } number ? NumberOf(number) : 1;
            var unit = match.Groups["unit"].Value.ToLowerInvariant();
            yield return match.Groups["many"].Length == 0 && unit is "week" or "month" or "year"
                ? new Found(Calendar(unit, now, -1), match.Index, match.Length, unit)
                : new Found(new TimeRange(Back(now, many, unit), Just(now)), match.Index, match.Length);
        }

        foreach (Match match in Current().Matches(text))
        {
            var unit = match.Groups["unit"].Value.ToLowerInvariant();
            yield return new Found(Calendar(unit, now, match.Groups["which"].Value.Equals("previous", StringComparison.OrdinalIgnoreCase) ? -1 : 0), match.Index, match.Length, unit);
        }

        foreach (Match match in OneDay().Matches(text))
        {
            if (DayOf(match.Groups["day"].Value, now) is { } day)
            {
                yield return new Found(new TimeRange(day, match.Groups["before"].Value.StartsWith("since", StringComparison.OrdinalIgnoreCase) ? Just(now) : day.AddDays(1)), match.Index, match.Length);
            }
        }

        foreach (Match match in Month().Matches(text))
        {
            var month = Array.IndexOf(Months, match.Groups["month"].Value.ToLowerInvariant()) + 1;
            var year = match.Groups["year"].Length > 0 ? int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture) : month > now.Month ? now.Year - 1 : now.Year;
            if (!IsYear(year))
            {
                continue;
            }

            var from = new DateTime(year, month, 1);
            yield return new Found(new TimeRange(from, from.AddMonths(1)), match.Index, match.Length, "month");
        }
    }

    // Far enough from the ends of the calendar to count a stretch back or on.
    private static bool IsYear(int year) => year is >= 1900 and <= 2200;

    private static TimeRange? BetweenHours(Match match, DateTime now)
    {
        var (from, to) = (HourOf(match, 1), HourOf(match, 2));
        if (from is null || to is null)
        {
            return null;
        }

        // "between 2 and 3pm" means the afternoon on both sides.
        if (match.Groups["p1"].Length == 0 && match.Groups["p2"].Value.Equals("pm", StringComparison.OrdinalIgnoreCase) && from < TimeSpan.FromHours(12) && from + TimeSpan.FromHours(12) < to)
        {
            from += TimeSpan.FromHours(12);
        }

        var said = match.Groups["day"].Value;
        var day = said.Length > 0 ? DayOf(said, now) ?? now.Date : now.Date;
        if (said.Length == 0 && day + from.Value > now)
        {
            day = day.AddDays(-1); // Those of today haven't come yet.
        }

        return new TimeRange(day + from.Value, day + to.Value + (to <= from ? TimeSpan.FromDays(1) : TimeSpan.Zero));
    }

    private static TimeSpan? HourOf(Match match, int side)
    {
        var hour = int.Parse(match.Groups[$"h{side}"].Value, CultureInfo.InvariantCulture);
        var minute = match.Groups[$"m{side}"].Length > 0 ? int.Parse(match.Groups[$"m{side}"].Value, CultureInfo.InvariantCulture) : 0;
        var half = match.Groups[$"p{side}"].Value.ToLowerInvariant();
        hour = half == "pm" && hour < 12 ? hour + 12 : half == "am" && hour == 12 ? 0 : hour;
        return hour <= 24 && minute < 60 ? new TimeSpan(hour, minute, 0) : null;
    }

    private static DateTime? DayOf(string word, DateTime now) => word.ToLowerInvariant() switch
    {
        "today" => now.Date,
        "yesterday" => now.Date.AddDays(-1),
        var date => DateTime.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? (IsYear(day.Year) ? day : null) : WeekdayOf(date, now),
    };

    /// <summary>The newest such day that isn't in the future.</summary>
    private static DateTime? WeekdayOf(string word, DateTime now)
        => Enum.TryParse<DayOfWeek>(word, ignoreCase: true, out var day) && !char.IsDigit(word[0]) ? now.Date.AddDays(-(((int)now.DayOfWeek - (int)day + 7) % 7)) : null;

    private static int NumberOf(string word)
        => int.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : Math.Max(1, Array.IndexOf(Numbers, word.ToLowerInvariant()));

    private static DateTime Back(DateTime now, int many, string unit) => unit switch
    {
        "minute" => now.AddMinutes(-many),
        "hour" => now.AddHours(-many),
        "day" => now.AddDays(-many),
        "week" => now.AddDays(-7L * many),
        "month" => now.AddMonths(-Math.Min(many, 1_200)),
        _ => now.AddYears(-Math.Min(many, 100)),
    };

    private static TimeRange Calendar(string unit, DateTime now, int away)
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
    private static DateTime Just(DateTime now) => now.AddTicks(TimeSpan.TicksPerMillisecond / 1_000);

    [GeneratedRegex(Comparing, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ComparisonWord();

    [GeneratedRegex(@"^(?:last|the\s+last|previous|one\s+before|before)(?:\s+one)?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex LastAlone();

    [GeneratedRegex(@"\b(?:between|from)\s+" + From + @"\s+(?:and|to|until|till)\s+" + To + @"(?![\d-])(?:\s+(?:on\s+)?(?<day>" + Day + @"))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Hours();

    [GeneratedRegex(@"\b(?:between|from)\s+(?<from>" + Day + @")\s+(?:and|to|until|till)\s+(?<to>" + Day + ")", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Days();

    [GeneratedRegex(@"\b(?:(?:in|over|for|during|of|within)\s+)?(?:the\s+)?(?:last|past)\s+(?:(?<many>\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+)?(?<unit>minute|hour|day|week|month|year)s?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Rolling();

    [GeneratedRegex(@"\b(?:in\s+|during\s+|of\s+)?(?:the\s+)?(?<which>this|current|previous)\s+(?<unit>hour|day|week|month|year)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Current();

    [GeneratedRegex(@"\b(?<before>(?:since|on|of)\s+)?(?<day>\d{4}-\d{2}-\d{2}|today|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex OneDay();

    [GeneratedRegex(@"\b(?:in|of|during)\s+(?<month>january|february|march|april|may|june|july|august|september|october|november|december)(?:\s+(?<year>\d{4}))?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Month();
}
