using Aiops.Analysis;
using Aiops.Analysis.Telemetry;

namespace Aiops.Local.Recordings.Reading;

/// <summary>
/// Makes series of samples that come in any order: ascending, without duplicates (the last one told wins), without empty or
/// infinite values, within the window. Counts what it mended.
/// </summary>
internal sealed class SeriesBuilder(TimeWindow window, RecordingLimits limits)
{
    private readonly Dictionary<(string, string, string), Samples> series = [];
    private readonly long first = window.Start.ToUnixTimeMilliseconds();
    private readonly long end = window.End.ToUnixTimeMilliseconds();
    private readonly long mostSamples = limits.Samples;
    private long count;
    private long unusable;
    private long outside;
    private readonly Dictionary<(string, string), double> counters = [];
    private readonly List<string> unordered = [];
    private readonly List<string> duplicated = [];
    private readonly List<string> units = [];

    public Samples Of(string component, string metric, string statistic, string unit, string kind)
    {
        if (!series.TryGetValue((component, metric, statistic), out var samples))
        {
            series[(component, metric, statistic)] = samples = new Samples(this)
            {
                Component = component,
                Metric = metric,
                Statistic = statistic,
                Unit = unit,
                Kind = kind,
            };
        }
        else if (samples.Unit != unit && unit.Length > 0 && !samples.UnitsDiffer)
        {
            samples.UnitsDiffer = true;
            units.Add($"{component} {metric} comes as {samples.Unit} and as {unit}");
        }

        return samples;
    }

    /// <summary>What a counter grew by since it was last seen; null the first time. One that fell was restarted from zero.</summary>
    public double? Increase((string Component, string Metric) counter, double value)
    {
        double? increase = counters.TryGetValue(counter, out var before) ? (value >= before ? value - before : value) : null;
        counters[counter] = value;
        return increase;
    }

    /// <summary>Series with at least one sample, by component, metric and statistic in ordinal order.</summary>
    public IReadOnlyList<MetricSeries> Build()
        => [.. series.Values
            .Select(samples => samples.Build())
            .OfType<MetricSeries>()
            .OrderBy(s => s.Component, StringComparer.Ordinal)
            .ThenBy(s => s.Metric, StringComparer.Ordinal)
            .ThenBy(s => s.Statistic, StringComparer.Ordinal)];

    public IEnumerable<string> Tell()
    {
        if (unusable > 0)
        {
            yield return $"{unusable:N0} of {unusable + count + outside:N0} samples were empty, not a number or infinite, and were left out";
        }

        if (outside > 0 && count == 0)
        {
            yield return $"all of its {outside:N0} samples lie outside the time asked for; is its clock another one?";
        }

        var silent = series.Values.Where(samples => samples.IsEmpty).Select(s => s.Component + " " + s.Metric).Order(StringComparer.Ordinal).ToList();
        foreach (var (found, what) in new[]
        {
            (silent, "series have no usable sample"),
            (unordered, "series had samples out of order (sorted)"),
            (duplicated, "series had several samples at one time (the last was kept)"),
            (units, "series mix units (taken as one)"),
        })
        {
            if (found.Count > 0)
            {
                yield return $"{found.Count:N0} {what}: {string.Join(", ", found.Take(3))}{(found.Count > 3 ? ", …" : "")}";
            }
        }
    }

    /// <summary>The samples of one series.</summary>
    internal sealed class Samples(SeriesBuilder owner)
    {
        private readonly List<long> times = [];
        private readonly List<double> values = [];
        private bool ascends = true;

        public required string Component { get; init; }

        public required string Metric { get; init; }

        public required string Statistic { get; init; }

        public required string Unit { get; init; }

        public required string Kind { get; init; }

        public bool UnitsDiffer { get; set; }

        public bool IsEmpty => times.Count == 0;

        /// <exception cref="RecordingException">More samples than a recording may have.</exception>
        public void Add(long unixMilliseconds, double value)
        {
            if (!double.IsFinite(value))
            {
                owner.unusable++;
                return;
            }

            if (unixMilliseconds < owner.first || unixMilliseconds >= owner.end)
            {
                owner.outside++;
                return;
            }

            if (++owner.count > owner.mostSamples)
            {
                throw new RecordingException(
                    $"The metrics hold more than {owner.mostSamples:N0} samples: record fewer series, or a coarser step.");
            }

            ascends &= times.Count == 0 || times[^1] < unixMilliseconds;
            times.Add(unixMilliseconds);
            values.Add(value);
        }

        public MetricSeries? Build()
        {
            if (IsEmpty)
            {
                return null;
            }

            var (sortedTimes, sortedValues) = ascends ? (times.ToArray(), values.ToArray()) : Sorted();
            return new MetricSeries
            {
                Component = Component,
                Metric = Metric,
                Statistic = Statistic,
                Unit = Unit,
                Kind = Enum.TryParse<SignalKind>(Kind, ignoreCase: true, out var kind) ? kind : SignalKinds.Of(Metric, Unit),
                UnixMilliseconds = sortedTimes,
                Values = sortedValues,
            };
        }

        private (long[] Times, double[] Values) Sorted()
        {
            // Stable: of equal times, the last told comes last.
            int[] order = [.. Enumerable.Range(0, times.Count).OrderBy(i => times[i])];
            List<long> sortedTimes = new(times.Count);
            List<double> sortedValues = new(times.Count);
            foreach (var i in order)
            {
                if (sortedTimes.Count > 0 && sortedTimes[^1] == times[i])
                {
                    sortedValues[^1] = values[i];
                    continue;
                }

                sortedTimes.Add(times[i]);
                sortedValues.Add(values[i]);
            }

            if (sortedTimes.Count < times.Count)
            {
                owner.duplicated.Add($"{Component} {Metric}");
            }

            if (order.Zip(order.Skip(1)).Any(pair => pair.First > pair.Second))
            {
                owner.unordered.Add($"{Component} {Metric}");
            }

            return ([.. sortedTimes], [.. sortedValues]);
        }
    }
}
