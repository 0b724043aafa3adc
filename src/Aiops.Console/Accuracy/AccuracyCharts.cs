using System.Text;

namespace Aiops.Console.Accuracy;

/// <summary>Drawings beside the tables that say the same; figures of ours alone, so nothing needs encoding.</summary>
internal static class AccuracyCharts
{
    private const double Width = 720;
    private const double Left = 46;
    private const double Right = Width - 12;

    /// <summary>Reviews a week, stacked by verdict, and the share of first causes confirmed with its interval.</summary>
    public static string Weeks(IReadOnlyList<Week> weeks)
    {
        const double Top = 14, Bottom = 150, BarsBottom = 236, BarsTop = 176;
        var svg = Begin(262, $"First causes confirmed, week by week: {weeks.Count} weeks");
        Grid(svg, Top, Bottom);
        var step = (Right - Left) / weeks.Count;
        var most = Math.Max(1, weeks.Max(week => week.Reviews));
        var width = Math.Min(28, step * 0.6);
        var every = Math.Max(1, (int)Math.Ceiling(weeks.Count / 9.0));
        var path = new StringBuilder();
        for (var i = 0; i < weeks.Count; i++)
        {
            var (week, x) = (weeks[i], Left + ((i + 0.5) * step));
            if (week.Reviews > 0)
            {
                svg.Append($"<path class=\"interval\" d=\"M{x:0.#} {Y(week.First.Low):0.#}V{Y(week.First.High):0.#}\"/><circle class=\"point\" cx=\"{x:0.#}\" cy=\"{Y(week.First.Value):0.#}\" r=\"4\"/>");
                path.Append($"{(path.Length == 0 ? 'M' : 'L')}{x:0.#} {Y(week.First.Value):0.#}");
                var y = BarsBottom;
                foreach (var (count, kind) in new[] { (week.Confirmed, "confirmed"), (week.Corrected, "corrected"), (week.Rejected, "rejected") })
                {
                    var height = (BarsBottom - BarsTop) * count / most;
                    y -= height;
                    svg.Append(count == 0 ? "" : $"<rect class=\"{kind}\" x=\"{x - (width / 2):0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\"/>");
                }
            }

            svg.Append(i % every == 0 ? $"<text class=\"tick\" x=\"{x:0.#}\" y=\"{BarsBottom + 18}\" text-anchor=\"middle\">{week.Monday:d MMM}</text>" : "");
        }

        return svg.Append($"<path class=\"axis\" d=\"M{Left} {BarsBottom}H{Right}\"/><path class=\"line\" d=\"{path}\"/></svg>").ToString();

        double Y(double share) => Bottom - ((Bottom - Top) * share);
    }

    /// <summary>How often first causes were right, by the confidence shown: on the diagonal where confidence means what it says.</summary>
    public static string Reliability(IReadOnlyList<ConfidenceBin> bins)
    {
        const double Side = 240, Top = 14, Bottom = Top + Side, X0 = Left, X1 = Left + Side;
        var svg = new StringBuilder($"<svg class=\"chart square\" viewBox=\"0 0 {X1 + 26:0} {Bottom + 40:0}\" role=\"img\" aria-label=\"Confidence against how often it was right\">");
        for (var i = 0; i <= 4; i++)
        {
            var (x, y) = (X0 + (Side * i / 4), Bottom - (Side * i / 4));
            svg.Append($"<path class=\"grid\" d=\"M{X0} {y:0.#}H{X1}\"/><text class=\"tick\" x=\"{X0 - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{25 * i} %</text><text class=\"tick\" x=\"{x:0.#}\" y=\"{Bottom + 16}\" text-anchor=\"middle\">{25 * i} %</text>");
        }

        svg.Append($"<path class=\"median\" d=\"M{X0} {Bottom}L{X1} {Top}\"/><text class=\"tick\" x=\"{(X0 + X1) / 2}\" y=\"{Bottom + 34}\" text-anchor=\"middle\">confidence shown</text>");
        foreach (var bin in bins)
        {
            var x = X0 + (Side * bin.Said);
            svg.Append($"<path class=\"interval\" d=\"M{x:0.#} {Bottom - (Side * bin.Right.Low):0.#}V{Bottom - (Side * bin.Right.High):0.#}\"/><circle class=\"point\" cx=\"{x:0.#}\" cy=\"{Bottom - (Side * bin.Right.Value):0.#}\" r=\"{Math.Min(9, 3 + Math.Sqrt(bin.Right.Of)):0.#}\"/>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static StringBuilder Begin(double height, string label)
        => new StringBuilder().Append($"<svg class=\"chart\" viewBox=\"0 0 {Width:0} {height:0}\" role=\"img\" aria-label=\"{label}\">");

    private static void Grid(StringBuilder svg, double top, double bottom)
    {
        for (var i = 0; i <= 4; i++)
        {
            var y = bottom - ((bottom - top) * i / 4);
            svg.Append($"<path class=\"grid\" d=\"M{Left} {y:0.#}H{Right}\"/><text class=\"tick\" x=\"{Left - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{25 * i} %</text>");
        }
    }
}
