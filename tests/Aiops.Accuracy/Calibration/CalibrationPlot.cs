using System.Globalization;
using System.Text;
using System.Xml;

namespace Aiops.Accuracy.Calibration;

/// <summary>Reliability (confidence against what came of it) beside risk and coverage, as one SVG picture that needs nothing else.</summary>
internal static class CalibrationPlot
{
    private const int Side = 320;
    private const int Margin = 56;
    private const int Width = (2 * Side) + (3 * Margin);
    private const int Height = Side + (2 * Margin);

    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#999999"]; // Told apart by the colour-blind too [Okabe2008].

    /// <param name="methods">The first is drawn in full; of the others, those whose confidence is a probability.</param>
    public static string Render(string title, IReadOnlyList<(string Name, bool IsProbability, IReadOnlyList<Forecast> Forecasts)> methods)
    {
        var text = new StringBuilder();
        var settings = new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n" };
        using (var svg = XmlWriter.Create(text, settings))
        {
            svg.WriteStartElement("svg", "http://www.w3.org/2000/svg");
            Attributes(svg, ("viewBox", $"0 0 {Width} {Height}"), ("font-family", "sans-serif"), ("font-size", "12"), ("role", "img"));
            svg.WriteElementString("title", title);
            Shape(svg, "rect", ("width", Width), ("height", Height), ("fill", "white"));
            Label(svg, Margin, 20, $"{title}, {methods[0].Forecasts.Count} cases");
            Frame(svg, Margin, "confidence", "share right");
            Shape(svg, "line", ("x1", Margin), ("y1", Margin + Side), ("x2", Margin + Side), ("y2", Margin), ("stroke", "#999999"), ("stroke-dasharray", "4"));
            Frame(svg, (2 * Margin) + Side, "share of cases answered, the surest first", "share wrong");
            for (var i = methods.Count - 1; i >= 0; i--) // Ours last, above the others.
            {
                var colour = Colours[Math.Min(i, Colours.Length - 1)];
                if (methods[i].IsProbability)
                {
                    Reliability(svg, CalibrationError.Bins(methods[i].Forecasts), colour, filled: i == 0);
                }

                Line(svg, RiskCoverage.Curve(methods[i].Forecasts).Select(point => (point.Coverage, point.Risk)), (2 * Margin) + Side, colour);
                Label(svg, (2 * Margin) + Side + 10, Margin + 18 + (16 * i), methods[i].Name, colour);
            }

            svg.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    /// <summary>A dot a bin, its area the bin's share of the cases.</summary>
    private static void Reliability(XmlWriter svg, IReadOnlyList<ReliabilityBin> bins, string colour, bool filled)
    {
        var most = bins.Count == 0 ? 1 : bins.Max(bin => bin.Count);
        Line(svg, bins.Select(bin => (bin.Confidence, bin.Outcome)), Margin, colour);
        foreach (var bin in bins)
        {
            Shape(svg, "circle", ("cx", X(bin.Confidence, Margin)), ("cy", Y(bin.Outcome)), ("r", 6 * Math.Sqrt((double)bin.Count / most)), ("stroke", colour), ("fill", filled ? colour : "white"));
        }
    }

    private static void Frame(XmlWriter svg, int left, string across, string up)
    {
        Shape(svg, "rect", ("x", left), ("y", Margin), ("width", Side), ("height", Side), ("fill", "none"), ("stroke", "black"));
        for (var tick = 0; tick <= 4; tick++)
        {
            var value = tick / 4.0;
            Label(svg, X(value, left) - 8, Margin + Side + 16, value.ToString("0.##", CultureInfo.InvariantCulture));
            Label(svg, left - 30, Y(value) + 4, value.ToString("0.##", CultureInfo.InvariantCulture));
        }

        Label(svg, left, Margin + Side + 36, across);
        Label(svg, left, Margin - 8, up);
    }

    private static void Line(XmlWriter svg, IEnumerable<(double X, double Y)> points, int left, string colour)
        => Shape(
            svg, "polyline", ("fill", "none"), ("stroke", colour), ("stroke-width", 2),
            ("points", string.Join(' ', points.Select(point => FormattableString.Invariant($"{X(point.X, left):0.##},{Y(point.Y):0.##}")))));

    private static double X(double value, int left) => left + (value * Side);

    private static double Y(double value) => Margin + ((1 - value) * Side);

    private static void Label(XmlWriter svg, double x, double y, string words, string colour = "black")
    {
        svg.WriteStartElement("text");
        Attributes(svg, ("x", x), ("y", y), ("fill", colour));
        svg.WriteString(words);
        svg.WriteEndElement();
    }

    private static void Shape(XmlWriter svg, string name, params (string Name, object Value)[] attributes)
    {
        svg.WriteStartElement(name);
        Attributes(svg, attributes);
        svg.WriteEndElement();
    }

    private static void Attributes(XmlWriter svg, params (string Name, object Value)[] attributes)
    {
        foreach (var (name, value) in attributes)
        {
            svg.WriteAttributeString(name, value is double number ? number.ToString("0.##", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture));
        }
    }
}
