using Aiops.Ask.Sql;

namespace Aiops.Ask.Charts;

/// <summary>One line or one colour of bars.</summary>
internal sealed record ChartSeries(string Name, IReadOnlyList<(object At, double Value)> Points);

/// <summary>What of an answer can be drawn.</summary>
internal sealed record ChartShape(bool IsLine, IReadOnlyList<ChartSeries> Series)
{
    public const int MostBars = 30;
    public const int MostSeries = 8;
    private const int MostBarSeries = 3;
    private const double Comparable = 20; // Bars of very different heights side by side show only the higher.

    /// <param name="wish">bar, line or none; null to choose: time is drawn as lines, categories as bars.</param>
    /// <returns>Null where the rows have no shape that is drawn.</returns>
    public static ChartShape? Of(IReadOnlyList<AnswerColumn> columns, IReadOnlyList<object?[]> rows, string? wish)
    {
        if (wish == "none" || rows.Count == 0 || columns.Count < 2)
        {
            return null;
        }

        int[] numbers = [.. Enumerable.Range(0, columns.Count).Where(i => columns[i].Type is "BIGINT" or "DOUBLE")];
        var time = Find(columns, "TIMESTAMP", "DATE");
        var name = Find(columns, "VARCHAR", "BOOLEAN");
        if (time >= 0 && numbers.Length > 0 && wish != "bar" && rows.Select(row => row[time]).Distinct().Count() > 2)
        {
            return Lines(columns, rows, time, name, numbers);
        }

        var category = name >= 0 ? name : time >= 0 ? time : numbers.Length > 1 ? numbers[0] : -1;
        int[] values = [.. numbers.Where(i => i != category)];
        return category < 0 || values.Length == 0 || rows.Count > MostBars ? null : Bars(columns, rows, category, values);
    }

    private static ChartShape? Lines(IReadOnlyList<AnswerColumn> columns, IReadOnlyList<object?[]> rows, int time, int name, int[] numbers)
    {
        var series = name < 0
            ? numbers.Take(MostSeries).Select(i => new ChartSeries(columns[i].Name, PointsOf(rows, time, i))).ToList()
            : [.. rows.GroupBy(row => row[name]?.ToString() ?? "unknown", StringComparer.Ordinal).Take(MostSeries + 1).Select(group => new ChartSeries(group.Key, PointsOf(group, time, numbers[0])))];
        return series.Count > MostSeries ? null : new ChartShape(true, series);
    }

    private static ChartShape Bars(IReadOnlyList<AnswerColumn> columns, IReadOnlyList<object?[]> rows, int category, int[] values)
    {
        var series = values.Select(i => new ChartSeries(columns[i].Name, [.. rows.Select(row => (row[category] ?? "unknown", ValueOf(row[i])))])).ToList();
        var first = series[0].Points.Max(point => Math.Abs(point.Value));
        return new ChartShape(false, [.. series.Where((one, i) => i == 0 || (one.Points.Max(point => Math.Abs(point.Value)) is var most && most <= first * Comparable && first <= most * Comparable)).Take(MostBarSeries)]);
    }

    private static List<(object At, double Value)> PointsOf(IEnumerable<object?[]> rows, int time, int value)
        => [.. rows.Where(row => row[time] is not null && row[value] is not null && double.IsFinite(ValueOf(row[value])))
            .Select(row => ((object)(row[time] is DateOnly day ? day.ToDateTime(default) : (DateTime)row[time]!), ValueOf(row[value]))).OrderBy(point => (DateTime)point.Item1)];

    private static double ValueOf(object? value) => value switch
    {
        long whole => whole,
        double real when double.IsFinite(real) => real,
        _ => 0,
    };

    private static int Find(IReadOnlyList<AnswerColumn> columns, params ReadOnlySpan<string> types)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (types.Contains(columns[i].Type))
            {
                return i;
            }
        }

        return -1;
    }
}
