using System.Globalization;
using System.Text.Json.Nodes;

namespace Aiops.Accuracy.Anomalies;

/// <summary>
/// Reads a folder in the layout of the Numenta Anomaly Benchmark: <c>windows.json</c> and
/// <c>data/&lt;category&gt;/*.csv</c>.
/// </summary>
internal static class NabCorpus
{
    private const string StampForm = "yyyy-MM-dd HH:mm:ss";

    /// <exception cref="MissingDataException">No windows, or no series that they name.</exception>
    public static async Task<IReadOnlyList<NabSeries>> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var labels = Path.Combine(folder, "windows.json");
        if (!File.Exists(labels))
        {
            throw new MissingDataException($"{folder} holds no windows.json; expected it beside data/<category>/<series>.csv");
        }

        List<NabSeries> corpus = [];
        foreach (var (file, windows) in JsonNode.Parse(await File.ReadAllTextAsync(labels, cancellationToken))!.AsObject())
        {
            var path = Path.Combine([folder, "data", .. file.Split('/')]);
            if (File.Exists(path)) // The windows of the whole benchmark may stand beside a part of its series.
            {
                corpus.Add(SeriesOf(file, await File.ReadAllLinesAsync(path, cancellationToken), windows!.AsArray()));
            }
        }

        return corpus.Count > 0
            ? [.. corpus.OrderBy(series => series.File, StringComparer.Ordinal)]
            : throw new MissingDataException(
                $"{folder} holds none of the series that its windows.json names; expected data/<category>/<series>.csv");
    }

    private static NabSeries SeriesOf(string file, string[] lines, JsonArray windows)
    {
        var rows = lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')).ToList();
        var times = rows.ConvertAll(row => MillisecondsOf(row[0]));
        return new NabSeries(
            file,
            rows.ConvertAll(row => row[0]),
            [.. times],
            [.. rows.Select(row => double.Parse(row[1], CultureInfo.InvariantCulture))],
            [.. windows.Select(ends => new NabWindow(IndexOf(ends![0]!), IndexOf(ends[1]!))).OrderBy(window => window.First)]);

        int IndexOf(JsonNode stamp)
        {
            var at = times.IndexOf(MillisecondsOf(stamp.GetValue<string>()));
            return at >= 0
                ? at
                : throw new MissingDataException($"{file} has no point at {stamp}, where a window begins or ends");
        }
    }

    /// <remarks>The benchmark's stamps bear no zone; whichever they had, taking them for UTC keeps their distances.</remarks>
    private static long MillisecondsOf(string stamp)
    {
        var clock = DateTime.ParseExact(stamp.AsSpan(0, StampForm.Length), StampForm, CultureInfo.InvariantCulture);
        return new DateTimeOffset(clock, TimeSpan.Zero).ToUnixTimeMilliseconds();
    }
}
