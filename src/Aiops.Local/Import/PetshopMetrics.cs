using System.Globalization;
using Aiops.Analysis.Telemetry;
using Aiops.Local.Recordings;

namespace Aiops.Local.Import;

/// <summary>
/// One <c>metrics.csv</c> of the PetShop data: a column a series under three rows of headers (component, metric,
/// statistic), a row every five minutes, empty where there was no sample.
/// </summary>
internal sealed class PetshopMetrics
{
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private static readonly string[] Headers = ["microservice", "metric", "statistic"];

    private readonly SortedDictionary<(string Component, string Metric, string Statistic), List<(DateTimeOffset Time, double Value)>> series = [];

    private PetshopMetrics()
    {
    }

    public List<string> Gaps { get; } = [];

    /// <summary>From the first row to the end of the last.</summary>
    public RecordedWindow Window { get; private set; } = new(default, default);

    public IReadOnlyList<(DateTimeOffset Time, double Value)> Samples(string component, string metric, string statistic)
        => series.TryGetValue((component, metric, statistic), out var samples) ? samples : [];

    /// <exception cref="ImportException">The file isn't such a table.</exception>
    public static async Task<PetshopMetrics> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var metrics = new PetshopMetrics();
        List<List<string>> headers = [];
        List<DateTimeOffset> rows = [];
        List<List<(DateTimeOffset, double)>?> columns = [];
        var skipped = 0;
        await foreach (var cells in CsvLines.ReadAsync(path, cancellationToken))
        {
            if (headers.Count < Headers.Length)
            {
                if (cells[0] != Headers[headers.Count])
                {
                    throw new ImportException(
                        $"{path} is not a petshop table: row {headers.Count + 1} starts with \"{cells[0]}\" and not \"{Headers[headers.Count]}\".");
                }

                headers.Add(cells);
                if (headers.Count == Headers.Length)
                {
                    columns = metrics.Columns(headers);
                }
            }
            else if (cells[0] != "unix_timestamp")
            {
                if (!double.TryParse(cells[0], CultureInfo.InvariantCulture, out var seconds) || seconds is not (> 0 and < 1e11))
                {
                    skipped++;
                    continue;
                }

                var time = DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1_000));
                rows.Add(time);
                for (var i = 1; i < Math.Min(cells.Count, columns.Count); i++)
                {
                    if (double.TryParse(cells[i], CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
                    {
                        columns[i]?.Add((time, value));
                    }
                }
            }
        }

        if (rows.Count == 0)
        {
            throw new ImportException($"{path} has no rows: the copy of the petshop data is incomplete.");
        }

        if (skipped > 0)
        {
            metrics.Gaps.Add($"{skipped:N0} rows of {Path.GetFileName(path)} had no usable time");
        }

        metrics.Window = new RecordedWindow(rows.Min(), rows.Max() + Step);
        return metrics;
    }

    /// <summary>Both periods as one series each; components that only one of them knows are kept.</summary>
    public static IEnumerable<MetricSeries> Join(PetshopMetrics? normal, PetshopMetrics issue)
    {
        foreach (var key in issue.series.Keys.Union((normal ?? issue).series.Keys).Order())
        {
            var samples = (normal?.Samples(key.Component, key.Metric, key.Statistic) ?? [])
                .Concat(issue.Samples(key.Component, key.Metric, key.Statistic))
                .GroupBy(sample => sample.Time)
                .OrderBy(group => group.Key)
                .Select(group => group.Last())
                .ToList();
            var unit = UnitOf(key.Metric);
            if (samples.Count > 0)
            {
                yield return new MetricSeries
                {
                    Component = key.Component,
                    Metric = key.Metric,
                    Statistic = key.Statistic,
                    Unit = unit,
                    Kind = SignalKinds.Of(key.Metric, unit),
                    UnixMilliseconds = [.. samples.Select(sample => sample.Time.ToUnixTimeMilliseconds())],
                    Values = [.. samples.Select(sample => sample.Value)],
                };
            }
        }
    }

    private static string UnitOf(string metric) => metric switch // As the data's description gives them.
    {
        "latency" => "s",
        "requests" => "{request}",
        "availability" => "%",
        _ => "",
    };

    private List<List<(DateTimeOffset, double)>?> Columns(List<List<string>> headers)
    {
        List<List<(DateTimeOffset, double)>?> columns = [null];
        for (var i = 1; i < headers.Min(header => header.Count); i++)
        {
            var key = (headers[0][i], headers[1][i], headers[2][i]);
            if (key.Item1.Length == 0 || series.ContainsKey(key))
            {
                Gaps.Add($"column {i + 1} ({key.Item1} {key.Item2} {key.Item3}) has no name or repeats one, and was left out");
                columns.Add(null);
                continue;
            }

            columns.Add(series[key] = []);
        }

        return columns;
    }
}
