using Aiops.Ask.Sql;

namespace Aiops.Ask.Charts;

/// <summary>An answer as an SVG drawing that stands alone: it brings its colours, for light and for dark.</summary>
public static class Chart
{
    /// <param name="wish">bar, line or none; null to choose by the shape.</param>
    /// <returns>Null where the rows have no shape that is drawn.</returns>
    public static string? Draw(string title, IReadOnlyList<AnswerColumn> columns, IReadOnlyList<object?[]> rows, string? wish)
        => ChartShape.Of(columns, rows, wish) is not { } shape || shape.Series.All(series => series.Points.Count == 0) ? null
            : shape.IsLine ? LineChart.Draw(title, shape.Series)
            : BarChart.Draw(title, shape.Series);
}
