using System.Globalization;
using System.Text;

namespace Aiops.Accuracy.Anomalies;

/// <summary>Draws a series with its band, windows and alarms as SVG: what the detector expected, to be looked at.</summary>
internal static class BandPlot
{
    private const int Width = 1_600;
    private const int Height = 320;

    public static async Task WriteAsync(string folder, StreamingRun run, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, Path.ChangeExtension(run.Series.File, ".svg"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, Render(run), cancellationToken);
    }

    public static string Render(StreamingRun run)
    {
        var (series, verdicts) = run;
        double[] finite = [.. series.Values.Where(double.IsFinite)];
        var (lowest, highest) = finite.Length == 0 ? (0, 1) : (finite.Min(), finite.Max());
        var margin = highest > lowest ? 0.1 * (highest - lowest) : 1; // A band that reaches further is cut.
        (lowest, highest) = (lowest - margin, highest + margin);
        var svg = new StringBuilder();
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}"><title>{series.File}</title>""");
        foreach (var window in series.Windows)
        {
            var (left, wide) = (X(window.First), X(window.Width));
            Add($"""<rect x="{left:0.#}" width="{wide:0.#}" height="{Height}" fill="#fdd"/>""");
        }

        Draw("high", verdicts.Select(verdict => verdict.High), "#8b8");
        Draw("low", verdicts.Select(verdict => verdict.Low), "#8b8");
        Draw("value", series.Values, "#228");
        Draw("expected", verdicts.Select(verdict => verdict.Expected), "#484");
        for (var i = 0; i < verdicts.Length; i++)
        {
            if (verdicts[i].Alarm)
            {
                var (x, y, told) = (X(i), Y(series.Values[i]), $"{series.Stamps[i]} {verdicts[i].Shape}");
                Add($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="5" fill="#d00"><title>{told}</title></circle>""");
            }
        }

        return svg.Append("</svg>\n").ToString();

        void Add(FormattableString element) => svg.AppendLine(element.ToString(CultureInfo.InvariantCulture));

        double X(int at) => (double)at * Width / series.Length;

        double Y(double value)
            => double.IsFinite(value) ? Height * (highest - Math.Clamp(value, lowest, highest)) / (highest - lowest) : Height;

        void Draw(string name, IEnumerable<double> values, string colour)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"{name}\" fill=\"none\" stroke=\"{colour}\" points=\"");
            foreach (var (i, value) in values.Index().Where(point => double.IsFinite(point.Item)))
            {
                svg.Append(CultureInfo.InvariantCulture, $"{X(i):0.#},{Y(value):0.#} ");
            }

            svg.Append("\"/>\n");
        }
    }
}
