using System.Globalization;
using System.Text;
using System.Xml;
using Aiops.Accuracy.Figures;

namespace Aiops.Accuracy.Output;

/// <summary>A suite's figures as an SVG: a panel a figure, a bar a method, a line for each interval.</summary>
internal static class BarChart
{
    private const int Label = 150, Panel = 150, Gap = 72, Row = 26, Bar = 16, Top = 56; // The gap holds the figures.

    private static readonly XmlWriterSettings Settings = new() { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n" };

    /// <summary>Writes <c>SUITE.svg</c> into the run's plot folder; does nothing where none was asked for.</summary>
    public static async Task WriteAsync(SuiteRun run, SuiteReport report, CancellationToken cancellationToken)
    {
        if (run.PlotFolder is { } folder)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{report.Suite}.svg"), Render(report), cancellationToken);
        }
    }

    public static string Render(SuiteReport report)
    {
        List<(string Name, FigureSet Figures)> methods = [("ours", report.Ours), .. report.Peers];
        var keys = report.Ours.Figures.Select(figure => figure.Key).ToList();
        var (width, height) = (Label + (keys.Count * (Panel + Gap)), Top + (methods.Count * Row) + 28);
        var text = new StringBuilder();
        using (var svg = XmlWriter.Create(text, Settings))
        {
            svg.WriteStartElement("svg", "http://www.w3.org/2000/svg");
            svg.WriteAttributeString("viewBox", $"0 0 {width} {height}");
            svg.WriteAttributeString("font-family", "sans-serif");
            svg.WriteAttributeString("font-size", "12");
            Text(svg, 8, 20, $"{report.Suite}: {report.Cases} cases, 95 % intervals", "start", bold: true);
            for (var row = 0; row < methods.Count; row++)
            {
                Text(svg, Label - 8, Top + (row * Row) + Bar - 3, methods[row].Name, "end", bold: row == 0);
            }

            for (var column = 0; column < keys.Count; column++)
            {
                WritePanel(svg, Label + (column * (Panel + Gap)), keys[column], methods);
            }

            svg.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void WritePanel(XmlWriter svg, int left, string key, List<(string Name, FigureSet Figures)> methods)
    {
        var figures = methods.ConvertAll(method => Find(method.Figures, key));
        var ends = figures.OfType<Figure>()
            .SelectMany(figure => new[] { figure.Value, figure.Interval?.Low ?? 0, figure.Interval?.High ?? 0 })
            .Where(double.IsFinite).Append(0).ToList();
        var (low, high) = ends.TrueForAll(end => end is >= 0 and <= 1)
            ? (0, 1)
            : (ends.Min(), Math.Max(ends.Max(), ends.Min() + 1e-9));
        double X(double value) => left + (Panel * (value - low) / (high - low));
        Text(svg, left, Top - 10, key, "start", bold: true);
        for (var row = 0; row < figures.Count; row++)
        {
            if (figures[row] is not { } figure || !double.IsFinite(figure.Value))
            {
                continue;
            }

            var y = Top + (row * Row);
            var (from, to) = (X(Math.Min(0, figure.Value)), X(Math.Max(0, figure.Value)));
            var colour = row == 0 ? "#1f6feb" : "#b8c0cc";
            Element(svg, "rect", ("x", from), ("y", y), ("width", to - from), ("height", Bar), ("fill", colour));
            if (figure.Interval is var (least, most) && double.IsFinite(least) && double.IsFinite(most))
            {
                var middle = y + (Bar / 2.0);
                Element(svg, "line", ("x1", X(least)), ("x2", X(most)), ("y1", middle), ("y2", middle), ("stroke", "#24292f"));
            }

            Text(svg, left + Panel + 8, y + Bar - 3, Number(figure.Value, "0.000"), "start", bold: false);
        }

        var axis = Top + (figures.Count * Row) + 4;
        Element(svg, "line", ("x1", left), ("x2", left + Panel), ("y1", axis), ("y2", axis), ("stroke", "#24292f"));
        Text(svg, left, axis + 14, Number(low, "0.##"), "start", bold: false);
        Text(svg, left + Panel, axis + 14, Number(high, "0.##"), "end", bold: false);
    }

    private static Figure? Find(FigureSet set, string key)
        => set.Figures.Where(figure => figure.Key == key).Select(figure => (Figure?)figure.Figure).FirstOrDefault();

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static void Element(XmlWriter svg, string name, params (string Name, object Value)[] attributes)
    {
        svg.WriteStartElement(name);
        foreach (var (attribute, value) in attributes)
        {
            svg.WriteAttributeString(attribute, value is double number ? Number(number, "0.##") : $"{value}");
        }

        svg.WriteEndElement();
    }

    private static void Text(XmlWriter svg, int x, int y, string text, string anchor, bool bold)
    {
        svg.WriteStartElement("text");
        svg.WriteAttributeString("x", x.ToString(CultureInfo.InvariantCulture));
        svg.WriteAttributeString("y", y.ToString(CultureInfo.InvariantCulture));
        svg.WriteAttributeString("text-anchor", anchor);
        if (bold)
        {
            svg.WriteAttributeString("font-weight", "bold");
        }

        svg.WriteString(text);
        svg.WriteEndElement();
    }
}
