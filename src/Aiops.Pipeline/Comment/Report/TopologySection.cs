using System.Text;

namespace Aiops.Pipeline.Comment.Report;

/// <summary>The components concerned, callers on the left; the way on which the failure travelled stands out.</summary>
internal static class TopologySection
{
    private const double BoxWidth = 172;
    private const double BoxHeight = 42;
    private const double ColumnWidth = 228;
    private const double RowHeight = 60;
    private const double Margin = 14;

    public static void Write(HtmlText page, IncidentReport report)
    {
        var scene = Propagation.Of(report);
        if (scene.Components.Count == 0)
        {
            page.Markup("<p>The topology is not known, or names none of the components concerned.</p>");
            return;
        }

        var shown = scene.Components.ToHashSet();
        var layout = LayeredLayout.Of(scene.Components, report.Context.Topology.Calls.Where(call => shown.Contains(call.Caller) && shown.Contains(call.Callee)));
        var width = (2 * Margin) + ((layout.Columns - 1) * ColumnWidth) + BoxWidth;
        var height = (2 * Margin) + (layout.LastRow * RowHeight) + BoxHeight;
        WriteLegend(page, scene);
        page.Markup($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Topology\"><svg class=\"topology\" viewBox=\"0 0 {width:0} {height:0}\" width=\"{width:0}\" height=\"{height:0}\" role=\"img\" aria-label=\"{page.Encoded(InWords(scene), 500)}\">")
            .Markup("<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path class=\"tip\" d=\"M0 0 8 4 0 8z\"/></marker>")
            .Markup("<marker id=\"hot-tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerUnits=\"userSpaceOnUse\" markerWidth=\"12\" markerHeight=\"12\" orient=\"auto\"><path class=\"hot-tip\" d=\"M0 0 8 4 0 8z\"/></marker></defs>");
        foreach (var route in layout.Routes.OrderBy(route => scene.Path.Contains(route.Call))) // What stands out is drawn last.
        {
            var hot = scene.Path.Contains(route.Call);
            page.Markup($"<path class=\"call{(hot ? " hot" : "")}\" marker-end=\"url(#{(hot ? "hot-tip" : "tip")})\" d=\"{Curve(route.Points)}\"/>");
        }

        foreach (var (name, place) in layout.Places.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            DrawBox(page, report, scene, name, (place.Column * ColumnWidth) + Margin, (place.Row * RowHeight) + Margin);
        }

        page.Markup("</svg></div>");
        if (scene.LeftOut > 0)
        {
            page.Markup($"<p class=\"quiet\">{scene.LeftOut} more components of the topology are not concerned and not drawn.</p>");
        }
    }

    private static void WriteLegend(HtmlText page, Propagation scene)
        => page.Markup("<p class=\"legend\"><span class=\"key suspect\">1</span> suspect, by rank <span class=\"key anomalous\">●</span> departed from its baseline <span class=\"key alarmed\">▲</span> alarms speak of it. ")
            .Markup("An arrow goes from the caller to what it calls; failures travel against it")
            .Markup(scene.Path.Count > 0 ? ", here along the <strong>thick arrows</strong>.</p>" : ".</p>");

    private static void DrawBox(HtmlText page, IncidentReport report, Propagation scene, string name, double x, double y)
    {
        var rank = scene.Ranks.GetValueOrDefault(name);
        var (anomalous, alarmed) = (scene.Anomalous.Contains(name), scene.Alarmed.Contains(name));
        var kind = rank == 1 ? "suspect" : anomalous ? "anomalous" : alarmed ? "alarmed" : "calm";
        page.Markup($"<g class=\"box {kind}\" transform=\"translate({x:0.#} {y:0.#})\"><title>").Text(name, 200).Markup("</title>")
            .Markup($"<rect width=\"{BoxWidth}\" height=\"{BoxHeight}\" rx=\"7\"/>")
            .Markup($"<text class=\"label\" x=\"10\" y=\"{(report.Context.Topology.TypeOf(name) is null ? 26 : 18)}\">").Name(name, 19).Markup("</text>");
        if (ResourceType.Name(report.Context.Topology.TypeOf(name)) is { } type)
        {
            page.Markup("<text class=\"type\" x=\"10\" y=\"33\">").Text(type, 24).Markup("</text>");
        }

        var right = BoxWidth - 11;
        foreach (var (mark, sort) in new[] { (rank > 0 ? $"{rank}" : "", "suspect"), (anomalous ? "●" : "", "anomalous"), (alarmed ? "▲" : "", "alarmed") })
        {
            if (mark.Length > 0)
            {
                page.Markup($"<g class=\"mark {sort}\" transform=\"translate({right:0.#} 0)\"><circle r=\"8.5\"/><text y=\"3.5\" text-anchor=\"middle\">{mark}</text></g>");
                right -= 19;
            }
        }

        page.Markup("</g>");
    }

    private static string Curve(IReadOnlyList<(int Column, double Row)> points)
    {
        var path = new StringBuilder();
        var forwards = points[^1].Column > points[0].Column;
        var (nearSide, farSide) = forwards ? (0.0, BoxWidth) : (BoxWidth, 0.0);
        for (var i = 0; i < points.Count; i++)
        {
            var left = Margin + (points[i].Column * ColumnWidth);
            var y = Margin + (points[i].Row * RowHeight) + (BoxHeight / 2);
            if (i == 0)
            {
                path.Append($"M{left + farSide:0.#} {y:0.#}");
                continue;
            }

            // It bends between the columns and crosses a column straight, so that it touches no box on its way.
            var x = left + nearSide;
            var fromX = Margin + (points[i - 1].Column * ColumnWidth) + farSide;
            var fromY = Margin + (points[i - 1].Row * RowHeight) + (BoxHeight / 2);
            path.Append($"C{(fromX + x) / 2:0.#} {fromY:0.#} {(fromX + x) / 2:0.#} {y:0.#} {x:0.#} {y:0.#}");
            path.Append(i < points.Count - 1 ? $"H{left + farSide:0.#}" : "");
        }

        return path.ToString();
    }

    private static string InWords(Propagation scene)
    {
        var suspects = scene.Ranks.OrderBy(pair => pair.Value).Select(pair => $"{pair.Value}: {pair.Key}");
        var way = scene.Path.Count == 0 ? "" : $" The failure's way: {string.Join(", ", scene.Path.Select(call => $"{call.Caller} calls {call.Callee}"))}.";
        return $"{scene.Components.Count} components. Suspects {string.Join(", ", suspects)}.{way}";
    }
}
