using Aiops.Analysis;
using Aiops.Analysis.RootCauses;
using Aiops.Analysis.Telemetry;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Accuracy.RootCauses;

/// <summary>Alarms where nothing was wrong: a normal period is cut, and its last rows judged as if they had alarmed.</summary>
/// <remarks>
/// After the specificity of PetShop's authors [Hardt2024], who judge all rows after the cut: here as many as a real issue has,
/// for an alarm knows no more. The right answer is always that no cause can be named.
/// </remarks>
internal static class QuietAlarm
{
    public const int Rows = 5;

    private const int AlarmRow = 2; // Where it lies in the issues: after two rows.

    /// <summary>Shares of the normal period, in percent, at which it is cut.</summary>
    public static IReadOnlyList<int> Cuts { get; } = [50, 60, 70, 80, 90, 100];

    /// <summary>The same alarm in the middle of normal life, once a cut.</summary>
    public static IEnumerable<RootCauseCase> Of(RootCauseCase issue)
    {
        var rows = NormalRows(issue);
        return Cuts.Select(percent => rows.Count * percent / 100).Where(end => end > 2 * Rows)
            .Select(end => Cut(issue, rows, end - Rows, end));
    }

    /// <summary>As the authors have it: all rows after the cut are judged, up to half of the period.</summary>
    public static IEnumerable<RootCauseCase> OfTheRest(RootCauseCase issue)
    {
        var rows = NormalRows(issue);
        return Cuts.Select(percent => rows.Count * percent / 100).Where(start => start > Rows && start + AlarmRow < rows.Count)
            .Select(start => Cut(issue, rows, start, rows.Count));
    }

    private static List<long> NormalRows(RootCauseCase issue) => [.. issue.Metrics.SelectMany(series => series.UnixMilliseconds)
        .Distinct().Order().Where(time => issue.Baseline.Contains(At(time)))];

    private static RootCauseCase Cut(RootCauseCase issue, List<long> rows, int start, int end)
    {
        var incident = new TimeWindow(At(rows[start]), end < rows.Count ? At(rows[end]) : issue.Baseline.End);
        var before = issue.Metrics.Select(series => Before(series, issue.Baseline.Start, incident.End));
        var windows = new AnalysisWindows(new TimeWindow(issue.Baseline.Start, incident.Start), incident).WithGuard();
        return issue with
        {
            Baseline = windows.Baseline,
            Guard = windows.Guard,
            Incident = windows.Incident,
            Symptom = issue.Symptom! with { At = At(rows[start + AlarmRow]) },
            Metrics = [.. before.Where(series => series.Values.Length > 0)],
        };
    }

    private static MetricSeries Before(MetricSeries series, DateTimeOffset start, DateTimeOffset end)
        => series.Where((time, _) => time >= start && time < end);

    private static DateTimeOffset At(long unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);
}
