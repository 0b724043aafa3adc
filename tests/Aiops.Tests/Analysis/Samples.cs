using Aiops.Analysis;
using Aiops.Analysis.Telemetry;

namespace Aiops.Tests.Analysis;

/// <summary>Series by the minute: eight hours of noise, then an hour in which something may happen.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly TimeWindow Baseline = new(Start, Start.AddHours(8));
    public static readonly TimeWindow Incident = new(Start.AddHours(8), Start.AddHours(9));

    /// <param name="step">Added from <paramref name="onset"/> minutes into the incident on.</param>
    public static MetricSeries Noise(
        int seed, string component = "checkout", SignalKind kind = SignalKind.Latency, double level = 100, double spread = 5, double step = 0, int onset = 20, int until = 60)
    {
        var random = new Random(seed);
        var values = new double[540];
        for (var i = 0; i < values.Length; i++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            values[i] = level + (spread * normal) + (i >= 480 + onset && i < 480 + until ? step : 0);
        }

        return Of(values, component, kind);
    }

    public static MetricSeries Of(double[] values, string component = "checkout", SignalKind kind = SignalKind.Latency, string unit = "") => new()
    {
        Component = component,
        Metric = kind.ToString().ToLowerInvariant(),
        Kind = kind,
        Unit = unit,
        UnixMilliseconds = [.. Enumerable.Range(0, values.Length).Select(i => Start.AddMinutes(i).ToUnixTimeMilliseconds())],
        Values = values,
    };

    /// <summary>540 minutes of one value, and another from a minute of the incident on.</summary>
    public static MetricSeries Flat(double level, double then, int onset = 20, SignalKind kind = SignalKind.Other, string unit = "")
        => Of([.. Enumerable.Range(0, 540).Select(i => i >= 480 + onset ? then : level)], kind: kind, unit: unit);
}
