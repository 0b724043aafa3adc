using Aiops.Analysis.Telemetry;
using Aiops.Simulator.Faults;
using Aiops.Simulator.Flow;
using Aiops.Simulator.Shop;

namespace Aiops.Simulator.Signals;

/// <summary>
/// The metrics that each kind of component sends: OpenTelemetry's names where the service measures itself, CloudWatch's
/// where AWS does. A service that isn't running sends nothing, and AWS sends no zero for what didn't happen everywhere.
/// </summary>
internal sealed class MetricSynthesis(WebShop shop, Scenario scenario, IReadOnlyList<Dictionary<string, ComponentMinute>> minutes)
{
    private readonly RedHerrings herrings = new(shop, scenario);

    public IReadOnlyList<MetricSeries> Run()
        => [.. shop.Components.SelectMany(Of).OfType<MetricSeries>()];

    private IEnumerable<MetricSeries?> Of(ShopComponent component) => component.Role switch
    {
        ShopRole.Balancer =>
        [
            Counts(component, "AWS/ApplicationELB RequestCount", m => m.Demand),
            Counts(component, "AWS/ApplicationELB HTTPCode_Target_5XX_Count", m => m.Failed),
            Level(component, "AWS/ApplicationELB TargetResponseTime", "Average", "s", m => m.TotalMilliseconds / 1_000, 0.03),
            Level(component, "AWS/ApplicationELB TargetResponseTime", "p99", "s", m => Tail(m) / 1_000, 0.08),
        ],
        ShopRole.Service =>
        [
            .. Server(component),
            .. Container(component),
        ],
        ShopRole.Worker =>
        [
            Counts(component, "messaging.process.messages", m => m.Demand, "{message}", whenDown: false),
            Level(component, "messaging.process.duration", "Average", "s", m => m.TotalMilliseconds / 1_000, 0.03),
            Counts(component, "messaging.process.errors", m => m.Failed, "{message}", whenDown: false),
            .. Container(component),
        ],
        ShopRole.Function =>
        [
            Counts(component, "AWS/Lambda Invocations", m => m.Demand),
            Counts(component, "AWS/Lambda Errors", m => m.Failed),
            Level(component, "AWS/Lambda Duration", "Average", "ms", m => m.TotalMilliseconds, 0.03),
            Level(component, "AWS/Lambda Duration", "p99", "ms", Tail, 0.08),
            Level(component, "AWS/Lambda ConcurrentExecutions", "Maximum", "1", m => Math.Round(1 + (m.Demand * m.TotalMilliseconds / 60_000 * 1.6)), 0.1),
        ],
        ShopRole.Table =>
        [
            Level(component, "AWS/DynamoDB ConsumedCapacityUnits", "Sum", "1", m => m.Demand - m.Level, 0.01),
            Counts(component, "AWS/DynamoDB ThrottledRequests", m => m.Level),
            Level(component, "AWS/DynamoDB SuccessfulRequestLatency", "Average", "ms", m => m.OwnMilliseconds, 0.04),
        ],
        ShopRole.Database =>
        [
            Level(component, "AWS/RDS DatabaseConnections", "Average", "1", m => Math.Round(m.Level), 0),
            Level(component, "AWS/RDS CPUUtilization", "Average", "%", m => Math.Min(99, 12 + (m.Demand * (1 - m.OwnErrorRate) * 0.006) + m.Effect.ExtraCpu), 0.05),
            Level(component, "AWS/RDS ReadLatency", "Average", "s", m => m.OwnMilliseconds / 4_000 * m.Effect.TimeFactor, 0.06),
            Level(component, "AWS/RDS FreeableMemory", "Average", "By", m => 3.1e9 - (m.Level * 8e6), 0.01),
        ],
        ShopRole.Cache =>
        [
            Level(component, "AWS/ElastiCache CPUUtilization", "Average", "%", m => 4 + (m.Demand * 0.0012), 0.05),
            Level(component, "AWS/ElastiCache CacheHitRate", "Average", "%", _ => 85, 0.006),
            Level(component, "AWS/ElastiCache CurrConnections", "Average", "1", _ => 36, 0.01),
        ],
        ShopRole.Queue =>
        [
            Counts(component, "AWS/SQS NumberOfMessagesSent", m => m.Demand),
            Level(component, "AWS/SQS ApproximateNumberOfMessagesVisible", "Maximum", "1", m => m.Level, 0.02),
            Level(component, "AWS/SQS ApproximateAgeOfOldestMessage", "Maximum", "s", m => m.OldestSeconds, 0),
        ],
        _ =>
        [
            Counts(component, "http.client.requests", m => m.Demand, "{request}"),
            Counts(component, "http.client.errors", m => m.Failed, "{request}"),
            Level(component, "http.client.request.duration", "Average", "s", m => m.TotalMilliseconds / 1_000, 0.04),
            Level(component, "http.client.request.duration", "p99", "s", m => Tail(m) / 1_000, 0.09),
        ],
    };

    private IEnumerable<MetricSeries?> Server(ShopComponent component) =>
    [
        Counts(component, "http.server.requests", m => m.Demand, "{request}", whenDown: false),
        Counts(component, "http.server.errors", m => m.Failed, "{request}", whenDown: false),
        Level(component, "http.server.request.duration", "Average", "s", m => m.TotalMilliseconds / 1_000, 0.03),
        Level(component, "http.server.request.duration", "p99", "s", m => Tail(m) / 1_000, 0.08),
    ];

    private IEnumerable<MetricSeries?> Container(ShopComponent component) =>
    [
        Level(component, "AWS/ECS CPUUtilization", "Average", "%", m => Math.Min(100, 9 + (45 * Math.Min(1, m.Demand * component.ServiceMilliseconds / (component.Slots * 2_600))) + m.Effect.ExtraCpu), 0.05, herring: true),
        Level(component, "AWS/ECS MemoryUtilization", "Average", "%", m => Math.Min(99, 46 + (6 * Math.Min(1, m.Utilisation)) + m.Effect.ExtraMemory), 0.008),
        Series(component, "ECS/ContainerInsights RunningTaskCount", "Average", "1", 0, m => m.Effect.Down ? 0 : component.Tasks),
        Series(component, "ECS/ContainerInsights DesiredTaskCount", "Average", "1", 0, m => m.Effect.Draining ? 0 : component.Tasks),
    ];

    private static double Tail(ComponentMinute m) => m.TotalMilliseconds * 2.4;

    private MetricSeries? Counts(
        ShopComponent component, string metric, Func<ComponentMinute, double> of, string unit = "1", bool whenDown = true)
    {
        var chance = new SimulatedRandom(scenario.Seed, component.Name + metric);
        return Series(component, metric, "Sum", unit, 0, m => m.Effect.Down && !whenDown ? double.NaN : chance.Count(of(m)));
    }

    private MetricSeries? Level(
        ShopComponent component, string metric, string statistic, string unit, Func<ComponentMinute, double> of, double noise, bool herring = false)
        => Series(component, metric, statistic, unit, noise, m => m.Effect.Down ? double.NaN : of(m), herring);

    private MetricSeries? Series(
        ShopComponent component, string metric, string statistic, string unit, double noise, Func<ComponentMinute, double> of, bool herring = false)
    {
        var chance = new SimulatedRandom(scenario.Seed, $"{component.Name} {metric} {statistic} noise");
        var mustBeWhole = scenario.Fault.Kind == FaultKind.None && component.Name == scenario.Fault.Target; // It holds the one odd sample.
        var (gapFrom, gapTo) = mustBeWhole ? (int.MaxValue, int.MaxValue) : Gap(chance);
        List<long> times = new(minutes.Count);
        List<double> values = new(minutes.Count);
        for (var minute = 0; minute < minutes.Count; minute++)
        {
            var value = of(minutes[minute][component.Name]) * chance.Spread(noise * scenario.Noise);
            value = statistic == "Maximum" ? Math.Round(value) : value; // Whole things, counted.
            value += herring ? herrings.ExtraCpu(component, minute) : 0;
            value += herrings.Blip(component, metric, statistic, minute, value);
            if (double.IsNaN(value) || (minute >= gapFrom && minute < gapTo))
            {
                continue;
            }

            times.Add(scenario.Start.AddMinutes(minute).ToUnixTimeMilliseconds());
            values.Add(Rounded(value));
        }

        return times.Count == 0 ? null : new MetricSeries
        {
            Component = component.Name,
            Metric = metric,
            Statistic = statistic,
            Unit = unit,
            Kind = SignalKinds.Of(metric, unit),
            UnixMilliseconds = [.. times],
            Values = [.. values],
        };
    }

    private (int From, int To) Gap(SimulatedRandom chance)
    {
        var (has, from, length) = (chance.Chance(scenario.SeriesWithGaps), chance.Whole(10, minutes.Count), chance.Whole(8, 40));
        return has ? (from, from + length) : (int.MaxValue, int.MaxValue);
    }

    /// <summary>To three digits, as much as a metric is worth.</summary>
    private static double Rounded(double value)
    {
        var (scale, size) = (1.0, Math.Abs(value));
        for (; size is > 0 and < 100 && scale < 1e7; size *= 10)
        {
            scale *= 10;
        }

        var unit = 1.0;
        for (; size >= 100_000; size /= 10) // Counts keep their last digit; bytes don't need theirs.
        {
            unit *= 10;
        }

        return Math.Round(value / unit * scale) / scale * unit;
    }
}
