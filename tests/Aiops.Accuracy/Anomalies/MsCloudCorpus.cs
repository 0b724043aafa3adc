using System.Globalization;

namespace Aiops.Accuracy.Anomalies;

/// <summary>
/// Reads a folder in the layout of Microsoft's cloud monitoring data set: <c>&lt;service&gt;/*.csv</c> with TimeStamp, Value,
/// Label.
/// </summary>
/// <remarks>Read as it is: rows keep their order, stamps may repeat, and a value that isn't there is NaN.</remarks>
internal static class MsCloudCorpus
{
    private static readonly string[] Columns = ["TimeStamp", "Value", "Label"];

    /// <exception cref="MissingDataException">No series, or one without its columns or any point.</exception>
    public static async Task<IReadOnlyList<LabelledSeries>> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.csv", SearchOption.AllDirectories) : [];
        if (files.Length == 0)
        {
            throw new MissingDataException(
                $"{folder} holds no series; expected <service>/<series>.csv with TimeStamp, Value, Label");
        }

        List<LabelledSeries> corpus = [];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, file).Replace('\\', '/');
            corpus.Add(SeriesOf(name, await File.ReadAllLinesAsync(file, cancellationToken)));
        }

        return corpus;
    }

    private static LabelledSeries SeriesOf(string name, string[] lines)
    {
        string[] header = lines.Length > 0 ? CellsOf(lines[0]) : [];
        if (!header.Take(Columns.Length).SequenceEqual(Columns, StringComparer.OrdinalIgnoreCase))
        {
            throw new MissingDataException(
                $"{name} begins with \"{lines.FirstOrDefault()}\"; expected the columns {string.Join(", ", Columns)}");
        }

        var rows = lines.Skip(1).Where(line => line.Trim().Length > 0)
            .Select(CellsOf)
            .Where(cells => cells.Length >= Columns.Length && StampOf(cells[0]) is not null)
            .ToList();
        if (rows.Count == 0)
        {
            throw new MissingDataException($"{name} has no row with a time stamp, a value and a label; fill it or take it away");
        }

        bool[] labels = [.. rows.Select(cells => cells[2] is "1" or "1.0")];
        var series = new NabSeries(
            name,
            rows.ConvertAll(cells => cells[0]),
            [.. rows.Select(cells => StampOf(cells[0])!.Value.ToUnixTimeMilliseconds())],
            [.. rows.Select(cells => ValueOf(cells[1]))],
            []);
        return new LabelledSeries(series with { Windows = LabelledSeries.WindowsOf(labels, series.Probation) }, labels);
    }

    private static string[] CellsOf(string line) => [.. line.Split(',').Select(cell => cell.Trim().Trim('"'))];

    private static double ValueOf(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;

    private static DateTimeOffset? StampOf(string text)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var stamp)
            ? stamp
            : null;
}
