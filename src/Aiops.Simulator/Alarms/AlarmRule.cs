using Aiops.Analysis.Telemetry;
using Aiops.Simulator.Faults;
using Aiops.Simulator.Shop;

namespace Aiops.Simulator.Alarms;

/// <summary>One CloudWatch alarm of the shop: so many of the latest minutes above a threshold.</summary>
/// <param name="Series">The recorded metric that it watches, and its statistic.</param>
/// <param name="Scale">From the recorded unit to CloudWatch's.</param>
/// <param name="AlsoBySns">Whether it has an SNS action beside the event that every alarm sends.</param>
public sealed record AlarmRule(
    string Name, string Component, (string Metric, string Statistic) Series, string Namespace, string Metric,
    IReadOnlyDictionary<string, string> Dimensions, double Threshold, int Periods, string Description, double Scale = 1, bool AlsoBySns = false)
{
    /// <summary>The alarms that watch the shop. A scenario without a fault adds the eager one that this is about.</summary>
    public static IReadOnlyList<AlarmRule> For(WebShop shop, Scenario scenario, IReadOnlyList<MetricSeries> metrics)
    {
        List<AlarmRule> rules = [.. shop.Components.SelectMany(component => Of(component, metrics))];
        if (scenario.Fault.Kind == FaultKind.None)
        {
            var watched = metrics.First(
                s => s.Component == scenario.Fault.Target && s.Metric == "http.server.request.duration" && s.Statistic == "p99");
            var highest = watched.Values.Order().ElementAt(watched.Values.Length - 2); // Only the blip is above it.
            rules.Add(Latency(shop[scenario.Fault.Target], "-eager", Math.Ceiling(highest * 1_050), 1) with { AlsoBySns = true });
        }

        return rules;
    }

    private static IEnumerable<AlarmRule> Of(ShopComponent component, IReadOnlyList<MetricSeries> metrics) => component.Role switch
    {
        ShopRole.Balancer =>
        [
            Aws(component, "5xx", "AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", "Sum", ("LoadBalancer", "app/shop/50dc6c495c0c9188"), 60, 3, "Customers see errors") with { AlsoBySns = true },
        ],
        ShopRole.Service =>
        [
            new($"{component.Name}-errors", component.Name, ("http.server.errors", "Sum"), "AWS/ApplicationSignals", "Fault",
                Signals(component), 25, 3, $"Requests that {component.Name} fails", AlsoBySns: component.Part == "checkout"),
            // Set from the first hour, as teams do: two and a half times what is usual.
            Latency(component, "", UsualP99(component, metrics) * 2_500, 3),
            .. Container(component),
        ],
        ShopRole.Function => [Aws(
            component, "errors", "AWS/Lambda", "Errors", "Sum", ("FunctionName", component.Name), 20, 3,
            $"Failed invocations of {component.Name}")],
        ShopRole.Table => [Aws(
            component, "throttles", "AWS/DynamoDB", "ThrottledRequests", "Sum", ("TableName", component.Name), 50, 5,
            $"{component.Name} turns requests away")],
        ShopRole.Worker => Container(component),
        ShopRole.Database =>
        [
            Aws(component, "cpu", "AWS/RDS", "CPUUtilization", "Average", ("DBInstanceIdentifier", component.Name), 85, 5, "The database's processors are busy"),
            Aws(component, "connections", "AWS/RDS", "DatabaseConnections", "Average", ("DBInstanceIdentifier", component.Name), 180, 5, "Connections near the limit of 200"),
        ],
        ShopRole.Queue => [Aws(
            component, "age", "AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", ("QueueName", component.Name), 300, 5,
            "Orders wait to be fulfilled")],
        _ => [],
    };

    private static IEnumerable<AlarmRule> Container(ShopComponent component) =>
    [
        Aws(component, "cpu", "AWS/ECS", "CPUUtilization", "Average", ("ServiceName", component.Name), 85, 5, $"Processors of {component.Name}"),
        Aws(component, "memory", "AWS/ECS", "MemoryUtilization", "Average", ("ServiceName", component.Name), 85, 3, $"Memory of {component.Name}"),
    ];

    /// <summary>Seconds; rounded, as people set thresholds.</summary>
    private static double UsualP99(ShopComponent component, IReadOnlyList<MetricSeries> metrics)
    {
        var series = metrics.First(
            s => s.Component == component.Name && s.Metric == "http.server.request.duration" && s.Statistic == "p99");
        return Math.Ceiling(series.Values.Take(60).Order().ElementAt(Math.Min(60, series.Values.Length) / 2) * 100) / 100;
    }

    private static AlarmRule Latency(ShopComponent component, string suffix, double milliseconds, int periods)
        => new($"{component.Name}-latency-p99{suffix}", component.Name, ("http.server.request.duration", "p99"), "AWS/ApplicationSignals", "Latency",
            Signals(component), milliseconds, periods, $"The slowest hundredth of {component.Name}'s requests", Scale: 1_000);

    private static AlarmRule Aws(
        ShopComponent component, string suffix, string space, string metric, string statistic, (string Name, string Value) dimension, double threshold, int periods, string description)
        => new($"{component.Name}-{suffix}", component.Name, ($"{space} {metric}", statistic), space, metric,
            new Dictionary<string, string> { [dimension.Name] = dimension.Value }, threshold, periods, description);

    private static Dictionary<string, string> Signals(ShopComponent component)
        => new() { ["Environment"] = "ecs:shop", ["Service"] = component.Name };
}
