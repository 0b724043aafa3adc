using System.Globalization;
using System.Text.RegularExpressions;

namespace Aiops.Ask.Questions;

/// <summary>
/// Reads what a question says of time (<c>between 10 and 11</c>, <c>last 3 hours</c>, <c>this week against last</c>), counted from a
/// given moment. Weeks begin on Monday. "Last week" and "last month" are those of the calendar; "last hour" and "last day" end now.
/// </summary>
public static class TimeWords
{
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    public static SpokenTime Read(string question, DateTime now)
    {
        var comparison = TimePatterns.ComparisonWord().Match(question);
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
            var alone = TimePatterns.LastAlone().Match(text);
            return alone.Success ? new Found(null, 0, alone.Length) : null;
        }

        return best;
    }

    private static IEnumerable<Found> Everything(string text, DateTime now)
    {
        foreach (Match match in TimePatterns.Hours().Matches(text))
        {
            if (BetweenHours(match, now) is { } range)
            {
                yield return new Found(range, match.Index, match.Length);
            }
        }

        foreach (Match match in TimePatterns.Days().Matches(text))
        {
            if (CalendarTime.DayOf(match.Groups["from"].Value, now) is { } from && CalendarTime.DayOf(match.Groups["to"].Value, now) is { } to && to >= from)
            {
                yield return new Found(new TimeRange(from, to.AddDays(1)), match.Index, match.Length);
            }
        }

        foreach (Match match in TimePatterns.Rolling().Matches(text))
        {
            var many = match.Groups["many"].Value is { Length: > 0 } number ? NumberOf(number) : 1;
            var unit = match.Groups["unit"].Value.ToLowerInvariant();
            yield return match.Groups["many"].Length == 0 && unit is "week" or "month" or "year"
                ? new Found(CalendarTime.Whole(unit, now, -1), match.Index, match.Length, unit)
                : new Found(new TimeRange(CalendarTime.Back(now, many, unit), CalendarTime.Just(now)), match.Index, match.Length);
        }

        foreach (Match match in TimePatterns.Current().Matches(text))
        {
            var unit = match.Groups["unit"].Value.ToLowerInvariant();
            yield return new Found(CalendarTime.Whole(unit, now, match.Groups["which"].Value.Equals("previous", StringComparison.OrdinalIgnoreCase) ? -1 : 0), match.Index, match.Length, unit);
        }

        foreach (Match match in TimePatterns.OneDay().Matches(text))
        {
            if (CalendarTime.DayOf(match.Groups["day"].Value, now) is { } day)
            {
                yield return new Found(new TimeRange(day, match.Groups["before"].Value.StartsWith("since", StringComparison.OrdinalIgnoreCase) ? CalendarTime.Just(now) : day.AddDays(1)), match.Index, match.Length);
            }
        }

        foreach (Match match in TimePatterns.Month().Matches(text))
        {
            var month = Array.IndexOf(Months, match.Groups["month"].Value.ToLowerInvariant()) + 1;
            var year = match.Groups["year"].Length > 0 ? int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture) : month > now.Month ? now.Year - 1 : now.Year;
            if (!CalendarTime.IsYear(year))
            {
                continue;
            }

            var from = new DateTime(year, month, 1);
            yield return new Found(new TimeRange(from, from.AddMonths(1)), match.Index, match.Length, "month");
        }
    }

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
        var day = said.Length > 0 ? CalendarTime.DayOf(said, now) ?? now.Date : now.Date;
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

    private static int NumberOf(string word)
        => int.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : Math.Max(1, Array.IndexOf(Numbers, word.ToLowerInvariant()));
}
