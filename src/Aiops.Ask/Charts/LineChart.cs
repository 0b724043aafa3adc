using System.Text;

namespace Aiops.Ask.Charts;

/// <summary>Values in time, a line a series.</summary>
internal static class LineChart
{
    private const double Left = 64;
    private const double Right = SvgText.Width - 20;
    private const double Height = 320;
    private const double Bottom = Height - 34;
    private const int MostTicks = 7;

    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(7), TimeSpan.FromDays(14),
        TimeSpan.FromDays(28), TimeSpan.FromDays(91), TimeSpan.FromDays(365), TimeSpan.FromDays(3_650),
    ];

    public static string Draw(string title, IReadOnlyList<ChartSeries> series)
    {
        var top = series.Count > 1 ? 66.0 : 46.0;
        var all = series.SelectMany(one => one.Points).ToList();
        var (start, end) = (all.Min(point => (DateTime)point.At), all.Max(point => (DateTime)point.At));
        var scale = ChartScale.Over(all.Select(point => point.Value), 5);
        var svg = new SvgText(title, Height);
        svg.Legend([.. series.Select(one => one.Name)]);
        foreach (var tick in scale.Ticks())
        {
            svg.Markup($"<path class=\"g\" d=\"M{Left} {Y(tick):0.#}H{Right}\"/>").Text(Left - 7, Y(tick) + 4, ChartScale.Figure(tick), "k", "end");
        }

        foreach (var (at, label) in TimeTicks(start, end))
        {
            svg.Markup($"<path class=\"g\" d=\"M{X(at):0.#} {Bottom}v5\"/>").Text(Math.Clamp(X(at), Left + 14, Right - 22), Bottom + 20, label, "k", "middle");
        }

        for (var i = 0; i < series.Count; i++)
        {
            var path = new StringBuilder();
            foreach (var (at, value) in series[i].Points)
            {
                path.Append(path.Length == 0 ? 'M' : 'L').Append($"{X((DateTime)at):0.#} {Y(value):0.#}");
            }

            svg.Markup($"<path class=\"l c{i}\" d=\"{path}\"/>");
        }

        return svg.Finish();

        double X(DateTime at) => end == start ? (Left + Right) / 2 : Left + ((at - start) / (end - start) * (Right - Left));
        double Y(double value) => Bottom - (scale.Share(value) * (Bottom - top));
    }

    private static IEnumerable<(DateTime At, string Label)> TimeTicks(DateTime start, DateTime end)
    {
        var step = Steps.FirstOrDefault(step => (end - start) / step <= MostTicks, Steps[^1]);
        var format = step < TimeSpan.FromMinutes(1) ? "HH:mm:ss" : step >= TimeSpan.FromDays(1) ? (end.Year != start.Year ? "yyyy-MM-dd" : "MM-dd") : end.Date == start.Date ? "HH:mm" : "MM-dd HH:mm";
        for (var at = new DateTime((start.Ticks + step.Ticks - 1) / step.Ticks * step.Ticks); at <= end; at += step)
        {
            yield return (at, at.ToString(format, System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
