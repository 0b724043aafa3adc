using Aiops.Console.Reading;
using Aiops.Pipeline;

namespace Aiops.Console.Accuracy;

/// <summary>How often reviewers agreed, over all and week by week, and whether confidence means what it says.</summary>
/// <param name="Weeks">Oldest first, without gaps.</param>
public sealed record AccuracyOverTime(
    int Incidents, Share First, Share FirstThree, IReadOnlyList<Week> Weeks, IReadOnlyList<ConfidenceBin> Bins, IReadOnlyList<HelpedAction> Helped, TimeSpan? MedianTimeToMitigate)
{
    private const int MostWeeks = 52;
    private const int BinCount = 5;

    /// <summary>From reviewed incidents alone: what ended by itself or went unreviewed says nothing of the analysis.</summary>
    public static AccuracyOverTime Of(IReadOnlyList<IncidentDigest> incidents)
    {
        var judged = incidents.Where(digest => digest.IsReviewed).ToList();
        var times = judged.Select(digest => digest.Outcome!.TimeToMitigate).OfType<TimeSpan>().Order().ToList();
        return new AccuracyOverTime(
            incidents.Count(digest => digest.Round > 0),
            new Share(judged.Count(IsFirst), judged.Count),
            new Share(judged.Count(IsAmongThree), judged.Count),
            WeeksOf(judged),
            [.. Enumerable.Range(0, BinCount).Select(bin => BinOf(judged.Where(digest => digest.Suspects.Count > 0), bin)).Where(bin => bin.Right.Of > 0)],
            [.. judged.SelectMany(digest => digest.Outcome!.Helped).GroupBy(playbook => playbook)
                .Select(group => new HelpedAction(group.Key, group.Count())).OrderByDescending(action => action.Times).ThenBy(action => action.Playbook, StringComparer.Ordinal)],
            times.Count == 0 ? null : times[times.Count / 2]);
    }

    private static bool IsFirst(IncidentDigest digest) => digest.Outcome!.Verdict == Verdict.Confirmed;

    private static bool IsAmongThree(IncidentDigest digest)
        => IsFirst(digest) || (digest.Outcome!.Component is { } component && digest.Suspects.Take(3).Contains(component, StringComparer.OrdinalIgnoreCase));

    private static List<Week> WeeksOf(List<IncidentDigest> judged)
    {
        if (judged.Count == 0)
        {
            return [];
        }

        var byWeek = judged.ToLookup(digest => Monday(digest.Outcome!.At));
        var last = byWeek.Max(week => week.Key);
        var first = byWeek.Min(week => week.Key);
        first = last.DayNumber - first.DayNumber > 7 * (MostWeeks - 1) ? last.AddDays(-7 * (MostWeeks - 1)) : first;
        List<Week> weeks = [];
        for (var day = first; day <= last; day = day.AddDays(7))
        {
            var verdicts = byWeek[day].Select(digest => digest.Outcome!.Verdict).ToList();
            weeks.Add(new Week(day, verdicts.Count(one => one == Verdict.Confirmed), verdicts.Count(one => one == Verdict.Corrected), verdicts.Count(one => one == Verdict.Rejected)));
        }

        return weeks;
    }

    private static ConfidenceBin BinOf(IEnumerable<IncidentDigest> judged, int bin)
    {
        var inside = judged.Where(digest => Math.Clamp((int)(digest.Confidence * BinCount), 0, BinCount - 1) == bin).ToList();
        return new ConfidenceBin(
            inside.Count == 0 ? 0 : inside.Average(digest => digest.Confidence), new Share(inside.Count(IsFirst), inside.Count));
    }

    private static DateOnly Monday(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }
}

/// <param name="Monday">Its first day, in UTC.</param>
public sealed record Week(DateOnly Monday, int Confirmed, int Corrected, int Rejected)
{
    public int Reviews => Confirmed + Corrected + Rejected;

    public Share First => new(Confirmed, Reviews);
}

/// <summary>First causes of about the same confidence.</summary>
/// <param name="Said">Their mean confidence.</param>
/// <param name="Right">How many were confirmed.</param>
public sealed record ConfidenceBin(double Said, Share Right);

/// <param name="Times">In how many incidents a reviewer said that it helped.</param>
public sealed record HelpedAction(string Playbook, int Times);
