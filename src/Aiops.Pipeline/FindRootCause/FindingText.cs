using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.RootCauses;
using Aiops.Analysis.Traces;

namespace Aiops.Pipeline.FindRootCause;

/// <summary>Says a finding in one sentence with its figures.</summary>
public static class FindingText
{
    private const int LongestTemplate = 160;

    public static string Of(Finding finding) => finding switch
    {
        Finding.MetricDeparted f => Metric(f),
        Finding.MetricFellSilent f =>
            $"{f.Series.Metric} of {f.Component} stopped at {Figures.Time(f.Since)}: about {f.Expected} samples are missing.",
        Finding.LogPatternMoved f => Of(f.Shift),
        Finding.OperationSlowed f =>
            $"{f.Shift.Operation} of {f.Component} takes longer by itself: {Milliseconds(f.Shift.Baseline.SelfTimeMedian)} before, "
            + $"{Milliseconds(f.Shift.Incident.SelfTimeMedian)} now (median of {f.Shift.Incident.Count} calls, callees' time taken off).",
        Finding.CallersWait f =>
            $"{f.Shift.Caller} waits {Milliseconds(f.Shift.Incident.GapMedian)} longer for {f.Shift.Operation} of {f.Shift.Component} than it takes "
            + $"({Milliseconds(f.Shift.Baseline.GapMedian)} before), and {Percent(f.Share)} of all calls {(f.Component == f.Shift.Component ? "to" : "from")} {f.Component} are slow that way: "
            + (f.Component == f.Shift.Component ? "its network or a queue before it." : "its network or a pool in it."),
        Finding.OperationFailing f =>
            $"{f.Shift.Operation} of {f.Component} fails by itself in {Share(f.Shift.Incident)} of calls ({Share(f.Shift.Baseline)} before).",
        Finding.OperationGone f =>
            $"{f.Shift.Operation} of {f.Component} isn't called any more ({f.Shift.Baseline.Count} calls before, {f.Shift.Incident.Count} now).",
        Finding.OperationNew f =>
            $"{f.Shift.Operation} of {f.Component} is called {f.Shift.Incident.Count} times, and never was before.",
        Finding.SequenceBroken f => Sequence(f.Shift),
        Finding.NamedInLogs f =>
            $"{f.Caller} logs trouble that names {f.Component}: “{Shortened(f.Shift.Example)}”.",
        Finding.ChangedBefore f => f.Lead >= TimeSpan.Zero
            ? $"{f.Change.Summary} at {Figures.Time(f.Change.At)}, {Figures.Duration(f.Lead.TotalSeconds)} before it began."
            : $"{f.Change.Summary} at {Figures.Time(f.Change.At)}, as it began.",
        Finding.ExplainsCallers f =>
            $"{Names(f.Callers)} {(f.Callers.Count == 1 ? "depends" : "depend")} on {f.Component}, which explains what {(f.Callers.Count == 1 ? "it shows" : "they show")}"
            + (f.Symptom ? ", the alarm included." : "."),
        Finding.ExplainsLoad f =>
            $"{f.Component} calls {Names(f.Callees)}, and its trouble explains the load or backlog there" + (f.Symptom ? ", the alarm included." : "."),
        Finding.ExplainedByCallee f =>
            $"{f.Component} depends on {f.Callee}, whose trouble explains {Percent(f.Share)} of its latency and errors.",
        Finding.ExplainedByCaller f =>
            $"The change in calls to {f.Component} comes from {f.Caller}, which explains {Percent(f.Share)} of it.",
        Finding.BeganFirst f => $"{f.Component} departed first, {Figures.Duration(f.Lead.TotalSeconds)} before anything else.",
        Finding.BeganLater f => $"{f.Component} departed {Figures.Duration(f.Lag.TotalSeconds)} after {f.First}.",
        Finding.OffThePath f => $"As far as the topology knows, {f.Symptom} doesn't depend on {f.Component}.",
        Finding.SeenBefore f => $"{f.Component} looks {Percent(f.Share)} like a suspect of {f.CaseId}, which "
            + (f.Weight > 0 ? "was the cause" : "wasn't the cause") + (f.Cause.Length == 0 ? " there." : $" there (it was {Shortened(f.Cause)})."),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, "an unknown finding"),
    };

    private static string Metric(Finding.MetricDeparted finding)
    {
        var (series, departure) = (finding.Series, finding.Departure);
        var name = series.Statistic.Length == 0 ? series.Metric : $"{series.Metric} ({series.Statistic})";
        return $"{name} of {finding.Component} {(departure.Upwards ? "rose" : "fell")} from {Figures.Value(departure.Usual, series.Unit)} "
            + $"to {Figures.Value(departure.Reached, series.Unit)} at {Figures.Time(departure.Onset)}, {Figures.Number(departure.Deviations)} robust deviations.";
    }

    /// <summary>How a log pattern moved, in one sentence.</summary>
    public static string Of(LogPatternShift shift)
    {
        var severity = shift.Severity.Length == 0 ? "Log" : shift.Severity;
        var how = shift.Trend switch
        {
            LogPatternTrend.New => $"is new: {shift.Incident} lines, none before",
            LogPatternTrend.Gone => $"is gone: {shift.Baseline} lines before, none now",
            LogPatternTrend.More => $"is {Figures.Number(shift.RateRatio)} times as frequent: {shift.Incident} lines, {shift.Baseline} in the whole baseline",
            LogPatternTrend.Less => $"is rarer, at {Percent(shift.RateRatio)} of its rate: {shift.Incident} lines, {shift.Baseline} in the whole baseline",
            _ => $"is as frequent as before: {shift.Incident} lines",
        };
        return $"{severity} pattern of {shift.Component} {how}: “{Shortened(shift.Template)}”.";
    }

    private static string Sequence(SequenceShift shift)
    {
        var (line, after) = (Shortened(shift.Template), Shortened(shift.AfterTemplate));
        return shift.Break == SequenceBreak.Missing
            ? $"{shift.Component} no longer logs “{line}” after “{after}” of {shift.AfterComponent}: in {Percent(shift.IncidentShare)} of "
                + $"{shift.Incident} traces, {Percent(shift.BaselineShare)} of {shift.Baseline} before."
            : $"{shift.Component} now logs “{line}” after “{after}” of {shift.AfterComponent}: in {Percent(shift.IncidentShare)} of "
                + $"{shift.Incident} traces, {Percent(shift.BaselineShare)} of {shift.Baseline} before.";
    }

    private static string Shortened(string text) => text.Length > LongestTemplate ? text[..LongestTemplate] + "…" : text;

    private static string Milliseconds(double milliseconds) => Figures.Duration(milliseconds / 1e3);

    private static string Percent(double share) => $"{Figures.Number(100 * share)} %";

    private static string Share(OperationStatistics calls) => Percent(calls.FailedFirst / (double)Math.Max(1, calls.Count));

    private static string Names(IReadOnlyList<string> names) => names.Count switch
    {
        1 => names[0],
        <= 4 => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
        _ => $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more",
    };
}
