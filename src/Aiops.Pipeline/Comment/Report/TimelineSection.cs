namespace Aiops.Pipeline.Comment.Report;

/// <summary>The story in order: a strip to see it at a glance, and the list that says the same in words.</summary>
internal static class TimelineSection
{
    private const int Most = 80;
    private const double Width = 720;
    private const double Left = 12;

    public static void Write(HtmlText page, IncidentReport report)
    {
        var entries = report.Timeline
            .Append(new TimelineEntry(report.AnalysedAt, "comment", $"This analysis, the {report.Round}{Ordinal(report.Round)}"))
            .OrderBy(entry => entry.At).ToList();
        DrawStrip(page, entries);
        var shown = entries.Count <= Most ? entries : [.. entries.Take(Most / 2), .. entries.TakeLast(Most / 2)];
        page.Markup("<ol class=\"story\">");
        for (var i = 0; i < shown.Count; i++)
        {
            var entry = shown[i];
            if (i == Most / 2 && entries.Count > Most)
            {
                page.Markup($"<li class=\"quiet\"><span></span><span></span><span>{entries.Count - Most} entries between are left out.</span></li>");
            }

            var kind = KnownKind(entry.Kind);
            page.Markup($"<li class=\"{kind}\"><time datetime=\"{entry.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{entry.At.UtcDateTime:HH:mm}</time><span class=\"kind\">{Mark(kind)} {kind}</span><span>");
            if (entry.Component.Length > 0 && !entry.Text.Contains(entry.Component, StringComparison.Ordinal))
            {
                page.Element("span", entry.Component, "class=\"name\"", 100).Markup(": ");
            }

            page.Text(entry.Text).Markup("</span></li>");
        }

        page.Markup("</ol>");
    }

    private static void DrawStrip(HtmlText page, List<TimelineEntry> entries)
    {
        if (entries.Count < 2)
        {
            return;
        }

        var axis = new TimeAxis(entries[0].At.ToUnixTimeMilliseconds(), entries[^1].At.ToUnixTimeMilliseconds(), Left, Width - Left);
        page.Markup($"<div class=\"scroll\"><svg class=\"strip\" viewBox=\"0 0 {Width:0} 74\" aria-hidden=\"true\">");
        page.Markup($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Left}\" y1=\"44\" y2=\"44\"/>");
        foreach (var (x, label) in axis.Ticks(7))
        {
            page.Markup($"<line class=\"axis\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"44\" y2=\"49\"/><text class=\"tick\" x=\"{x:0.#}\" y=\"63\" text-anchor=\"middle\">{label}</text>");
        }

        var stacked = new Dictionary<int, int>(); // Marks at one place stand upon each other.
        foreach (var entry in entries.Take(400))
        {
            var x = axis.X(entry.At.ToUnixTimeMilliseconds());
            var height = stacked[(int)(x / 9)] = stacked.GetValueOrDefault((int)(x / 9)) + 1;
            if (height <= 3)
            {
                page.Markup($"<g class=\"{KnownKind(entry.Kind)}\" transform=\"translate({x:0.#} {46 - (12 * height):0})\">{Shape(KnownKind(entry.Kind))}</g>");
            }
        }

        page.Markup("</svg></div>");
    }

    private static string KnownKind(string kind) => kind is "alarm" or "onset" or "change" or "resolved" or "comment" ? kind : "event";

    // Told apart by shape, too, for not everyone sees the colours.
    private static string Mark(string kind) => kind switch
    {
        "alarm" => "▲",
        "onset" => "●",
        "change" => "◆",
        "resolved" => "✓",
        "comment" => "■",
        _ => "•",
    };

    private static string Shape(string kind) => kind switch
    {
        "alarm" => "<path d=\"M0-5 5 4H-5z\"/>",
        "onset" => "<circle r=\"4.5\"/>",
        "change" => "<path d=\"M0-5.5 5 0 0 5.5-5 0z\"/>",
        "resolved" => "<path class=\"stroke\" d=\"M-4 0-1 4 5-4\"/>",
        _ => "<path d=\"M-4-4h8v8h-8z\"/>",
    };

    private static string Ordinal(int number) => (number % 100) is 11 or 12 or 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };
}
