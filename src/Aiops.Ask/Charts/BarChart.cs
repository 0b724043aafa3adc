using System.Globalization;

namespace Aiops.Ask.Charts;

/// <summary>A row a category, a bar a series, its figure behind it.</summary>
internal static class BarChart
{
    private const double Left = 210;
    private const double Right = SvgText.Width - 76;

    public static string Draw(string title, IReadOnlyList<ChartSeries> series)
    {
        var top = series.Count > 1 ? 62.0 : 46.0;
        var (bar, gap) = (series.Count > 1 ? 12.0 : 18.0, 8.0);
        var row = (bar * series.Count) + gap;
        var categories = series[0].Points;
        var bottom = top + (row * categories.Count);
        var scale = ChartScale.Over(series.SelectMany(one => one.Points).Select(point => point.Value), 5);
        var svg = new SvgText(title, bottom + 30);
        svg.Legend([.. series.Select(one => one.Name)]);
        foreach (var tick in scale.Ticks())
        {
            var x = X(tick);
            svg.Markup($"<path class=\"g\" d=\"M{x:0.#} {top - 4:0.#}V{bottom:0.#}\"/>").Text(x, bottom + 18, ChartScale.Figure(tick), "k", "middle");
        }

        for (var i = 0; i < categories.Count; i++)
        {
            var y = top + (row * i);
            svg.Text(Left - 8, y + (bar * series.Count / 2) + 4, NameOf(categories[i].At), anchor: "end", longest: 29);
            for (var s = 0; s < series.Count; s++)
            {
                var value = series[s].Points[i].Value;
                var (from, to) = (X(Math.Min(0, value)), X(Math.Max(0, value)));
                svg.Markup($"<rect class=\"f{s}\" x=\"{from:0.#}\" y=\"{y + (bar * s):0.#}\" width=\"{Math.Max(to - from, 1):0.#}\" height=\"{bar - 1:0.#}\" rx=\"2\"/>");
                svg.Text(to + 5, y + (bar * s) + (bar / 2) + 4, ChartScale.Figure(value), "k");
            }
        }

        return svg.Finish();

        double X(double value) => Left + (scale.Share(value) * (Right - Left));
    }

    private static string NameOf(object at) => at switch
    {
        DateTime time => time.TimeOfDay == TimeSpan.Zero ? $"{time:yyyy-MM-dd}" : $"{time:yyyy-MM-dd HH:mm}",
        DateOnly day => $"{day:yyyy-MM-dd}",
        _ => Convert.ToString(at, CultureInfo.InvariantCulture)!,
    };
}
