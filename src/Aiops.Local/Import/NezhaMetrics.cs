using System.Globalization;
using System.Text.RegularExpressions;
using Aiops.Analysis.Telemetry;
using Aiops.Local.Recordings;

namespace Aiops.Local.Import;

/// <summary>
/// The metrics of one day of the Nezha data: a file a pod, a column a metric with its unit in brackets and its quantile at
/// the end, a row a minute. Pods of one service become one component.
/// </summary>
internal sealed partial class NezhaMetrics
{
    private readonly SortedDictionary<(string Component, string Metric, string Statistic, string Unit), List<(DateTimeOffset Time, double Value)>> series = [];

    public List<string> Gaps { get; } = [];

    /// <summary>The entry service, as the file of its own names it; null where there is none.</summary>
    public string? Front { get; private set; }

    /// <exception cref="ImportException">There is no metric of that day.</exception>
    public static async Task<NezhaMetrics> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new ImportException($"{folder} does not exist: the copy of the nezha data is incomplete.");
        }

        var metrics = new NezhaMetrics();
        foreach (var file in Directory.EnumerateFiles(folder, "*.csv*").Order(StringComparer.Ordinal))
        {
            await metrics.ReadFileAsync(file, cancellationToken);
        }

        return metrics;
    }

    /// <summary>The slowest latency of the entry service that is recorded: the symptom that people saw.</summary>
    public (string Metric, string Statistic, IReadOnlyList<(DateTimeOffset Time, double Value)> Samples)? Symptom()
        => series
            .Where(pair => pair.Key.Component == Front && SignalKinds.Of(pair.Key.Metric, pair.Key.Unit) == SignalKind.Latency)
            .OrderByDescending(pair => pair.Key.Statistic, StringComparer.Ordinal)
            .Select(pair => ((string, string, IReadOnlyList<(DateTimeOffset, double)>)?)(pair.Key.Metric, pair.Key.Statistic, pair.Value))
            .FirstOrDefault();

    /// <summary>The first and last sample of the day.</summary>
    public RecordedWindow Window
        => new(series.Values.Min(samples => samples[0].Time), series.Values.Max(samples => samples[^1].Time).AddMinutes(1));

    /// <summary>The series within the windows.</summary>
    public IEnumerable<MetricSeries> Within(IReadOnlyList<RecordedWindow> windows)
    {
        foreach (var ((component, metric, statistic, unit), samples) in series)
        {
            var kept = samples.Where(sample => windows.Any(w => sample.Time >= w.Start && sample.Time < w.End)).ToList();
            if (kept.Count > 0)
            {
                yield return new MetricSeries
                {
                    Component = component,
                    Metric = metric,
                    Statistic = statistic,
                    Unit = unit,
                    Kind = SignalKinds.Of(metric, unit),
                    UnixMilliseconds = [.. kept.Select(sample => sample.Time.ToUnixTimeMilliseconds())],
                    Values = [.. kept.Select(sample => sample.Value)],
                };
            }
        }
    }

    private async Task ReadFileAsync(string file, CancellationToken cancellationToken)
    {
        (string Metric, string Statistic, string Unit)?[]? columns = null;
        var (time, name) = (-1, -1);
        var skipped = 0;
        await foreach (var cells in CsvLines.ReadAsync(file, cancellationToken))
        {
            if (columns is null)
            {
                time = cells.IndexOf("TimeStamp");
                name = cells.FindIndex(cell => cell is "PodName" or "ServiceName");
                if (time < 0 || name < 0)
                {
                    Gaps.Add($"{Path.GetFileName(file)} has no TimeStamp or no PodName and was left out");
                    return;
                }

                columns = [.. cells.Select((cell, i) => i == time || i == name || cell == "Time" ? null : Column(cell))];
                continue;
            }

            if (cells.Count != columns.Length || !long.TryParse(cells[time], CultureInfo.InvariantCulture, out var seconds) || seconds is not (> 0 and < 10_000_000_000))
            {
                skipped++;
                continue;
            }

            var component = PodNames.Service(cells[name]);
            Front = Path.GetFileName(file).StartsWith("front", StringComparison.Ordinal) ? component : Front;
            Add(component, DateTimeOffset.FromUnixTimeSeconds(seconds), cells, columns);
        }

        if (skipped > 0)
        {
            Gaps.Add($"{skipped:N0} rows of {Path.GetFileName(file)} had no usable time or too few cells");
        }
    }

    private void Add(
        string component, DateTimeOffset time, List<string> cells, (string Metric, string Statistic, string Unit)?[] columns)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] is not var (metric, statistic, unit)
                || !double.TryParse(cells[i], CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            {
                continue;
            }

            if (!series.TryGetValue((component, metric, statistic, unit), out var samples))
            {
                series[(component, metric, statistic, unit)] = samples = [];
            }

            var at = samples.Count;
            while (at > 0 && samples[at - 1].Time > time) // A second pod of the service, or rows out of order.
            {
                at--;
            }

            if (at > 0 && samples[at - 1].Time == time)
            {
                samples[at - 1] = (time, value);
            }
            else
            {
                samples.Insert(at, (time, value));
            }
        }
    }

    /// <summary><c>PodServerLatencyP95(s)</c> is PodServerLatency, p95, in s.</summary>
    private static (string, string, string)? Column(string header)
    {
        var parts = ColumnPattern().Match(header);
        var unit = parts.Groups["unit"].Value switch
        {
            "Mi" => "MiBy",
            "Ops" => "{request}/s",
            var other => other,
        };
        return parts.Success ? (parts.Groups["metric"].Value, parts.Groups["quantile"].Value.ToLowerInvariant(), unit) : null;
    }

    [GeneratedRegex(
        @"^(?<metric>.+?)(?<quantile>P\d{2})?(\((?<unit>[^)]*)\))?$", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ColumnPattern();
}
