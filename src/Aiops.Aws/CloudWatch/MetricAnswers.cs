using Aiops.Analysis;
using Aiops.Analysis.Telemetry;
using Aiops.Aws.Wire.CloudWatch;

namespace Aiops.Aws.CloudWatch;

/// <summary>Collects a call's answers over its pages and makes series of them.</summary>
internal sealed class MetricAnswers(IReadOnlyList<MetricWish> batch)
{
    private readonly Dictionary<(string Id, string Label, int Nth), Collected> series = [];

    public int Partial => series.Values.Count(s => s.Status == "PartialData");

    public int Failed => series.Values.Count(s => s.Status == "InternalError");

    public int Forbidden => series.Values.Count(s => s.Status == "Forbidden");

    public int Count => series.Count;

    /// <summary>What CloudWatch said of single series.</summary>
    public IEnumerable<string> Messages => series.Values.SelectMany(s => s.Messages).Distinct();

    public void Add(IEnumerable<MetricDataResult> page)
    {
        // A band's two halves may bear one id and one label: within a page they are told apart by their order.
        Dictionary<(string, string), int> seen = [];
        foreach (var result in page)
        {
            var key = (result.Id ?? "", result.Label ?? "");
            seen[key] = seen.GetValueOrDefault(key) + 1;
            var all = (key.Item1, key.Item2, seen[key]);
            if (!series.TryGetValue(all, out var collected))
            {
                series[all] = collected = new Collected();
            }

            collected.Add(result);
        }
    }

    public IEnumerable<MetricSeries> Series(TimeWindow window)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var wish = batch[i];
            foreach (var query in wish.Queries.Where(q => q.ReturnData != false))
            {
                var id = MetricBatches.IdOf(i, query.Id);
                var found = series.Where(s => s.Key.Id == id).Select(s => new Answer(s.Key.Label, s.Value.Within(window)))
                    .Where(s => s.Samples.Values.Length > 0).ToList();
                foreach (var one in wish.Kind == MetricWishKind.Band ? Band(wish, found) : Named(wish, found))
                {
                    yield return one;
                }
            }
        }
    }

    private static IEnumerable<MetricSeries> Named(MetricWish wish, List<Answer> found)
        => found.Select(f => NewSeries(
            wish, wish.Kind == MetricWishKind.Search && f.Label.Length > 0 ? f.Label : wish.Metric, wish.Statistic, f.Samples));

    // Expected values, not measured ones: a signal of no kind, so that they never pass for a second symptom.
    private static IEnumerable<MetricSeries> Band(MetricWish wish, List<Answer> found)
        => found.OrderByDescending(f => f.Samples.Values.Average())
            .Select((f, i) => NewSeries(wish, wish.Metric, i == 0 ? "expected at most" : "expected at least", f.Samples))
            .Select(expected => expected with { Kind = SignalKind.Other });

    private static MetricSeries NewSeries(MetricWish wish, string metric, string statistic, Samples samples)
        => new()
        {
            Component = wish.Component,
            Metric = metric,
            Statistic = statistic,
            Unit = wish.Unit,
            Kind = SignalKinds.Of(metric[(metric.LastIndexOf(' ') + 1)..], wish.Unit),
            UnixMilliseconds = samples.Times,
            Values = samples.Values,
        };

    private sealed record Samples(long[] Times, double[] Values);

    private sealed record Answer(string Label, Samples Samples);

    private sealed class Collected
    {
        private readonly SortedDictionary<long, double> samples = [];

        public string? Status { get; private set; }

        public List<string> Messages { get; } = [];

        public void Add(MetricDataResult result)
        {
            Status = result.StatusCode; // Of the last page: earlier ones are partial because more follows.
            Messages.AddRange(result.Messages.Select(m => $"{m.Code}: {m.Value}"));
            foreach (var (time, value) in result.Timestamps.Zip(result.Values).Where(s => double.IsFinite(s.Second)))
            {
                samples[time.ToUnixTimeMilliseconds()] = value;
            }
        }

        public Samples Within(TimeWindow window)
        {
            var inside = samples.Where(s => window.Contains(DateTimeOffset.FromUnixTimeMilliseconds(s.Key))).ToList();
            return new Samples([.. inside.Select(s => s.Key)], [.. inside.Select(s => s.Value)]);
        }
    }
}
