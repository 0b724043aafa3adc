using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aiops.Accuracy.Anomalies;

/// <summary>
/// Reads a folder in the layout of the Numenta Anomaly Benchmark: <c>windows.json</c> and
/// <c>data/&lt;category&gt;/*.csv</c>.
/// </summary>
internal static class NabCorpus
{
    private const string StampForm = "yyyy-MM-dd HH:mm:ss";

    /// <summary>The series in the order of their names, and the names in the windows that have no file.</summary>
    /// <exception cref="MissingDataException">No windows, none of their series, or a file that can't be read.</exception>
    public static async Task<(IReadOnlyList<NabSeries> Series, IReadOnlyList<string> Absent)> ReadAsync(
        string folder, CancellationToken cancellationToken)
    {
        var labels = Path.Combine(folder, "windows.json");
        if (!File.Exists(labels))
        {
            throw new MissingDataException($"{folder} holds no windows.json; expected it beside data/<category>/<series>.csv");
        }

        List<NabSeries> corpus = [];
        List<string> absent = [];
        foreach (var (file, windows) in WindowsOf(labels, await File.ReadAllTextAsync(labels, cancellationToken)))
        {
            var path = Path.Combine([folder, "data", .. file.Split('/')]);
            if (File.Exists(path))
            {
                corpus.Add(SeriesOf(file, await File.ReadAllLinesAsync(path, cancellationToken), windows));
            }
            else
            {
                absent.Add(file); // The windows of the whole benchmark may stand beside a part of its series.
            }
        }

        return corpus.Count > 0
            ? ([.. corpus.OrderBy(series => series.File, StringComparer.Ordinal)], absent)
            : throw new MissingDataException(
                $"{folder} holds none of the series that its windows.json names; expected data/<category>/<series>.csv");
    }

    private static List<(string File, List<(string First, string Last)> Windows)> WindowsOf(string path, string text)
    {
        var file = "";
        try
        {
            List<(string, List<(string, string)>)> all = [];
            foreach (var (name, windows) in Present(JsonNode.Parse(text)).AsObject())
            {
                file = name;
                all.Add((name, [.. Present(windows).AsArray().Select(ends => (End(ends, 0), End(ends, 1)))]));
            }

            return all;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            var where = file.Length == 0 ? "" : $" at \"{file}\"";
            throw new MissingDataException(
                $$"""{{path}} isn't {"<category>/<series>.csv": [["first", "last"], …]}{{where}}: {{e.Message}}""");
        }
    }

    private static string End(JsonNode? window, int at) => Present(Present(window)[at]).GetValue<string>();

    private static JsonNode Present(JsonNode? node) => node ?? throw new JsonException("null where something is expected");

    private static NabSeries SeriesOf(string file, string[] lines, List<(string First, string Last)> windows)
    {
        List<string> stamps = [];
        List<long> times = [];
        List<double> values = [];
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length > 0)
            {
                var cells = lines[i].Split(',');
                if (cells.Length < 2 || MillisecondsOf(cells[0]) is not { } time || ValueOf(cells[1]) is not { } value)
                {
                    throw new MissingDataException(
                        $"data/{file}, line {i + 1} isn't \"{StampForm},number\": \"{lines[i]}\"; mend the line or take it out");
                }

                stamps.Add(cells[0]);
                times.Add(time);
                values.Add(value);
            }
        }

        var ends = windows.Select(window => new NabWindow(IndexOf(window.First), IndexOf(window.Last)));
        return new NabSeries(file, stamps, [.. times], [.. values], [.. ends.OrderBy(window => window.First)]);

        int IndexOf(string stamp)
        {
            var at = MillisecondsOf(stamp) is { } time ? times.IndexOf(time) : -1;
            return at >= 0
                ? at
                : throw new MissingDataException($"{file} has no point at \"{stamp}\", where windows.json has an end");
        }
    }

    private static double? ValueOf(string text)
        => double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <remarks>The benchmark's stamps bear no zone; whichever they had, taking them for UTC keeps their distances.</remarks>
    private static long? MillisecondsOf(string stamp)
    {
        var text = stamp.AsSpan(0, Math.Min(stamp.Length, StampForm.Length)); // What follows are parts of a second.
        return DateTime.TryParseExact(text, StampForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)
            ? new DateTimeOffset(clock, TimeSpan.Zero).ToUnixTimeMilliseconds()
            : null;
    }
}
