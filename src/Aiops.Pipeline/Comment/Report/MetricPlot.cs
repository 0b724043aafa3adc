using System.Text;
using Aiops.Analysis.Anomalies;
using Aiops.Analysis.Telemetry;
using Aiops.Pipeline.FindRootCause;

namespace Aiops.Pipeline.Comment.Report;

/// <summary>One series as a small drawing.</summary>
internal static class MetricPlot
{
    private const double Width = 380;
    private const double Height = 180;
    private const double Left = 62;
    private const double Right = Width - 10;
    private const double Top = 28;
    private const double Bottom = Height - 24;
    private const int Buckets = 130;     // Each keeps its least and its greatest sample: no spike is thinned away.
    private const int HistoryWindows = 2; // So many lengths of the judged stretch are drawn before it.
    private const double BandDeviations = 3;

    public static void Draw(HtmlText page, MetricSeries series, Evidence? evidence, IncidentReport report)
    {
        var window = report.Context.Window;
        var history = window.Start - (HistoryWindows * window.Length);
        var start = (report.Context.Baseline.Start > history ? report.Context.Baseline.Start : history).ToUnixTimeMilliseconds();
        start = Math.Min(start, window.Start.ToUnixTimeMilliseconds());
        var axis = new TimeAxis(start, window.End.ToUnixTimeMilliseconds(), Left, Right);
        var (first, end) = (LowerBound(series.UnixMilliseconds, axis.Start), LowerBound(series.UnixMilliseconds, axis.End));
        var baseline = BaselineOf(series, report);
        var scale = ValueAxis.Over(series.Values.AsSpan(first, end - first), baseline, Limit(series), Top, Bottom);

        page.Markup("<figure class=\"plot\"><figcaption>").Element("strong", series.Component, longest: 60)
            .Markup(" ").Text(series.Statistic.Length == 0 ? series.Metric : $"{series.Metric} {series.Statistic}", 90);
        if (evidence is not null)
        {
            page.Markup($" <a class=\"cite\" href=\"#{Anchor.Of(evidence.Id)}\">").Text(evidence.Id, 20).Markup("</a>");
        }

        page.Markup($"</figcaption><svg viewBox=\"0 0 {Width:0} {Height:0}\" role=\"img\" aria-label=\"{page.Encoded(evidence?.Statement ?? $"{series}, the alarm's own series", 300)}\">");
        DrawFrame(page, series, scale, axis, baseline, window.Start.ToUnixTimeMilliseconds());
        page.Markup($"<path class=\"line\" d=\"{PathOf(series, first, end, axis, scale)}\"/>");
        DrawMark(page, axis, evidence?.Onset, "onset");
        DrawMark(page, axis, report.Incident.OpenedAt, "alarm");
        page.Markup(first == end ? $"<text class=\"tick\" x=\"{(Left + Right) / 2:0}\" y=\"{(Top + Bottom) / 2:0}\" text-anchor=\"middle\">no samples here</text></svg></figure>\n" : "</svg></figure>\n");
    }

    private static void DrawFrame(HtmlText page, MetricSeries series, ValueAxis scale, TimeAxis axis, RobustBaseline? baseline, long judgedFrom)
    {
        var judged = axis.X(Math.Max(judgedFrom, axis.Start));
        page.Markup($"<rect class=\"judged\" x=\"{judged:0.#}\" y=\"{Top}\" width=\"{Right - judged:0.#}\" height=\"{Bottom - Top}\"/>");
        if (baseline is { } usual)
        {
            var upper = scale.Y(Math.Min(usual.Median + (BandDeviations * usual.Spread), scale.Greatest));
            var lower = scale.Y(Math.Max(usual.Median - (BandDeviations * usual.Spread), scale.Least));
            page.Markup($"<rect class=\"band\" x=\"{Left}\" y=\"{upper:0.#}\" width=\"{Right - Left}\" height=\"{Math.Max(1, lower - upper):0.#}\"/>")
                .Markup($"<path class=\"median\" d=\"M{Left} {scale.Y(usual.Median):0.#}H{Right}\"/>");
        }

        foreach (var tick in scale.Ticks())
        {
            page.Markup($"<path class=\"grid\" d=\"M{Left} {scale.Y(tick):0.#}H{Right}\"/><text class=\"tick\" x=\"{Left - 5}\" y=\"{scale.Y(tick) + 3.5:0.#}\" text-anchor=\"end\">")
                .Text(Figures.Value(tick, ShortUnit(series.Unit)), 14).Markup("</text>");
        }

        foreach (var (x, label) in axis.Ticks(5))
        {
            page.Markup($"<path class=\"axis\" d=\"M{x:0.#} {Bottom}v4\"/><text class=\"tick\" x=\"{Math.Min(x, Right - 6):0.#}\" y=\"{Height - 7}\" text-anchor=\"middle\">{label}</text>");
        }

        page.Markup($"<path class=\"axis\" d=\"M{Left} {Bottom}H{Right}\"/>");
    }

    /// <summary>No share is above all of it, however wide its usual range.</summary>
    private static double Limit(MetricSeries series) => series.Kind != SignalKind.Availability ? double.PositiveInfinity
        : series.Unit is "%" or "Percent" ? 100
        : double.PositiveInfinity;

    private static void DrawMark(HtmlText page, TimeAxis axis, DateTimeOffset? at, string name)
    {
        if (at?.ToUnixTimeMilliseconds() is not { } time || time < axis.Start || time > axis.End)
        {
            return;
        }

        var x = axis.X(time);
        var (anchor, shift) = x > (Left + Right) / 2 ? ("end", 3) : ("start", -3); // Towards the middle, where there is room.
        var row = name == "onset" ? 9 : 21;                                        // Each on a line of its own: they stand close.
        page.Markup($"<path class=\"{name}-line\" d=\"M{x:0.#} {row + 3}V{Bottom}\"/><text class=\"{name}-text\" x=\"{x + shift:0.#}\" y=\"{row}\" text-anchor=\"{anchor}\">{name} {at:HH:mm}</text>");
    }

    private static RobustBaseline? BaselineOf(MetricSeries series, IncidentReport report)
    {
        var first = LowerBound(series.UnixMilliseconds, report.Context.Baseline.Start.ToUnixTimeMilliseconds());
        var end = LowerBound(series.UnixMilliseconds, report.Context.Baseline.End.ToUnixTimeMilliseconds());
        double[] values = [.. Enumerable.Range(first, end - first)
            .Where(i => report.Context.Baseline.Contains(DateTimeOffset.FromUnixTimeMilliseconds(series.UnixMilliseconds[i])))
            .Select(i => series.Values[i])
            .Where(double.IsFinite)];
        return values.Length == 0 ? null : RobustBaseline.Of(values, series.Kind, series.Unit, values.Max(Math.Abs));
    }

    private static string PathOf(MetricSeries series, int first, int end, TimeAxis axis, ValueAxis scale)
    {
        var path = new StringBuilder();
        var gap = LongestStep(series.UnixMilliseconds.AsSpan(first, end - first));
        var pen = 'M';
        foreach (var i in Thinned(series, first, end, axis))
        {
            if (i < 0)
            {
                pen = 'M'; // A gap.
                continue;
            }

            path.Append(pen).Append($"{axis.X(series.UnixMilliseconds[i]):0.#} {scale.Y(series.Values[i]):0.#}");
            if (pen == 'M')
            {
                path.Append("h.1"); // A sample between two gaps is a dot, not nothing.
            }

            pen = 'L';
        }

        return path.ToString();

        IEnumerable<int> Thinned(MetricSeries all, int from, int to, TimeAxis over)
        {
            var bucket = Math.Max(1, (over.End - over.Start) / Buckets);
            for (var i = from; i < to;)
            {
                if (i > from && all.UnixMilliseconds[i] - all.UnixMilliseconds[i - 1] > gap)
                {
                    yield return -1;
                }

                var (least, greatest, j) = (i, i, i);
                while (j < to && (all.UnixMilliseconds[j] - over.Start) / bucket == (all.UnixMilliseconds[i] - over.Start) / bucket
                    && (j == i || all.UnixMilliseconds[j] - all.UnixMilliseconds[j - 1] <= gap))
                {
                    least = all.Values[j] < all.Values[least] ? j : least;
                    greatest = all.Values[j] > all.Values[greatest] ? j : greatest;
                    j++;
                }

                yield return Math.Min(least, greatest);
                if (least != greatest)
                {
                    yield return Math.Max(least, greatest);
                }

                i = j;
            }
        }
    }

    /// <summary>What lies further apart is a gap: two and a half times the usual step.</summary>
    private static long LongestStep(ReadOnlySpan<long> times)
    {
        if (times.Length < 3)
        {
            return long.MaxValue;
        }

        var steps = new long[times.Length - 1];
        for (var i = 1; i < times.Length; i++)
        {
            steps[i - 1] = times[i] - times[i - 1];
        }

        Array.Sort(steps);
        return steps[steps.Length / 2] * 5 / 2;
    }

    private static int LowerBound(long[] times, long at)
    {
        var index = Array.BinarySearch(times, at);
        return index < 0 ? ~index : index;
    }

    private static string ShortUnit(string unit) => unit.Length > 0 && unit[0] == '{' ? "1" : unit;
}
