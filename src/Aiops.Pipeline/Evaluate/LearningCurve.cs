using System.Globalization;
using System.Text;
using System.Xml;

namespace Aiops.Pipeline.Evaluate;

/// <summary>The learning curve as an SVG: the share of causes named first so far, with the knowledge base on and off.</summary>
public static class LearningCurve
{
    private const double Width = 720, Height = 320, Left = 56, Right = 560, Top = 40, Bottom = 272;
    private const string On = "#2563a8", Off = "#9a6a1f", Ink = "#444", Grid = "#ddd";

    private static readonly XmlWriterSettings Settings = new() { Indent = true, OmitXmlDeclaration = true, NewLineChars = "\n" };

    /// <returns>A whole document that asks for nothing from outside.</returns>
    public static string Render(EvaluationReport report)
    {
        var text = new StringBuilder();
        using (var svg = XmlWriter.Create(text, Settings))
        {
            svg.WriteStartElement("svg", "http://www.w3.org/2000/svg");
            svg.WriteAttributeString("viewBox", Invariant($"0 0 {Width} {Height}"));
            svg.WriteAttributeString("font-family", "sans-serif");
            svg.WriteAttributeString("font-size", "12");
            svg.WriteElementString("title", "Causes named first so far, with and without the knowledge base");
            Rectangle(svg);
            Text(svg, Left, 22, $"Causes named first, of {report.Curve.Count} judged so far", "start", Ink, bold: true);
            Axes(svg, report.Curve.Count);
            if (report.Curve is [.., var last])
            {
                var (onAt, offAt) = Apart(Y(last.On), Y(last.Off));
                Line(svg, report.Curve, point => point.Off, Off, dashed: true);
                Line(svg, report.Curve, point => point.On, On, dashed: false);
                Text(svg, Right + 8, onAt + 4, $"knowledge base on {Percent(last.On)}", "start", On, bold: true);
                Text(svg, Right + 8, offAt + 4, $"off {Percent(last.Off)}", "start", Off);
            }
            else
            {
                Text(svg, (Left + Right) / 2, (Top + Bottom) / 2, "no incident with a known cause", "middle", Ink);
            }

            svg.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void Axes(XmlWriter svg, int count)
    {
        for (var share = 0.0; share <= 1; share += 0.25)
        {
            Path(svg, Invariant($"M{Left} {Y(share):0.#}H{Right}"), Grid, 1, dashed: false);
            Text(svg, Left - 8, Y(share) + 4, Percent(share), "end", Ink);
        }

        foreach (var at in (int[])[1, (count + 1) / 2, count])
        {
            if (at > 0)
            {
                Text(svg, X(at, count), Bottom + 18, at.ToString(CultureInfo.InvariantCulture), "middle", Ink);
            }
        }

        Text(svg, (Left + Right) / 2, Bottom + 38, "incidents in the order in which they opened", "middle", Ink);
    }

    private static void Line(XmlWriter svg, IReadOnlyList<CurvePoint> curve, Func<CurvePoint, double> of, string colour, bool dashed)
    {
        var path = new StringBuilder();
        foreach (var point in curve)
        {
            path.Append(path.Length == 0 ? 'M' : 'L').Append(Invariant($"{X(point.Incidents, curve.Count):0.#} {Y(of(point)):0.#}"));
        }

        if (curve.Count == 1)
        {
            path.Append("h1"); // A line of one point is none.
        }

        Path(svg, path.ToString(), colour, 2, dashed);
    }

    private static void Path(XmlWriter svg, string data, string colour, int width, bool dashed)
    {
        svg.WriteStartElement("path");
        svg.WriteAttributeString("d", data);
        svg.WriteAttributeString("fill", "none");
        svg.WriteAttributeString("stroke", colour);
        svg.WriteAttributeString("stroke-width", Invariant($"{width}"));
        if (dashed)
        {
            svg.WriteAttributeString("stroke-dasharray", "5 4");
        }

        svg.WriteEndElement();
    }

    private static void Rectangle(XmlWriter svg) // A page may be dark.
    {
        svg.WriteStartElement("rect");
        svg.WriteAttributeString("width", "100%");
        svg.WriteAttributeString("height", "100%");
        svg.WriteAttributeString("fill", "#fff");
        svg.WriteEndElement();
    }

    private static void Text(XmlWriter svg, double x, double y, string text, string anchor, string colour, bool bold = false)
    {
        svg.WriteStartElement("text");
        svg.WriteAttributeString("x", Invariant($"{x:0.#}"));
        svg.WriteAttributeString("y", Invariant($"{y:0.#}"));
        svg.WriteAttributeString("text-anchor", anchor);
        svg.WriteAttributeString("fill", colour);
        if (bold)
        {
            svg.WriteAttributeString("font-weight", "bold");
        }

        svg.WriteString(text);
        svg.WriteEndElement();
    }

    // Two labels at one height can't be read.
    private static (double One, double Other) Apart(double one, double other)
        => Math.Abs(one - other) >= 16 ? (one, other) : one <= other ? (one, one + 16) : (one, one - 16);

    private static double X(int at, int count) => count <= 1 ? Left : Left + ((Right - Left) * (at - 1) / (count - 1));

    private static double Y(double share) => Bottom - ((Bottom - Top) * share);

    private static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
