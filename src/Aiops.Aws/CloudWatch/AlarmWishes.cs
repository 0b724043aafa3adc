using Aiops.Aws.Wire.CloudWatch;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake.Formats;

namespace Aiops.Aws.CloudWatch;

/// <summary>What an alarm watches, as questions about the component that it names.</summary>
internal static class AlarmWishes
{
    /// <summary>As intake names it: what an alarm's dimensions, or those its metrics share, say.</summary>
    public static string? ComponentOf(MetricAlarm alarm)
        => Components.FromDimensions(DimensionsOf(alarm).DistinctBy(d => d.Name).ToDictionary(d => d.Name, d => d.Value));

    public static IEnumerable<Dimension> DimensionsOf(MetricAlarm alarm) => alarm.Dimensions.Count > 0
        ? alarm.Dimensions
        : alarm.Metrics.Select(m => m.MetricStat?.Metric.Dimensions).OfType<IReadOnlyList<Dimension>>().SelectMany(d => d);

    /// <param name="period">By age; an alarm's own longer one is kept.</param>
    public static IEnumerable<MetricWish> Of(MetricAlarm alarm, string component, Func<TimeSpan?, int> period, string? account)
    {
        if (alarm.MetricName is { } metric && (alarm.Statistic ?? alarm.ExtendedStatistic) is { } statistic)
        {
            var own = period(alarm.Period is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
            yield return MetricWish.Of(
                component, alarm.Namespace, metric, alarm.Dimensions, statistic, own, account,
                UnitOf(alarm.Unit, alarm.Namespace, metric));
            yield break;
        }

        foreach (var query in alarm.Metrics)
        {
            if (query.MetricStat is { } stat)
            {
                var own = period(TimeSpan.FromSeconds(stat.Period));
                yield return MetricWish.Of(
                    component, stat.Metric.Namespace, stat.Metric.MetricName, stat.Metric.Dimensions ?? [], stat.Stat, own,
                    query.AccountId ?? account, UnitOf(stat.Unit, stat.Metric.Namespace, stat.Metric.MetricName));
            }
            else if (query.ReturnData != false)
            {
                yield return Calculated(alarm, query, component, period, account);
            }
        }
    }

    /// <summary>What intake read of an alarm that CloudWatch no longer shows us; of metric math, the inputs.</summary>
    public static IEnumerable<MetricWish> Of(
        SignalReference signal, string component, Func<TimeSpan?, int> period, string? account)
        => (signal.Inputs ?? [signal]).Where(s => s.Metric is not null && s.Expression is null).Select(s => MetricWish.Of(
            component, s.Namespace, s.Metric, s.Dimensions.Select(d => new Dimension(d.Key, d.Value)), s.Statistic ?? "Average",
            period(s.Period), account, UnitOf(s.Unit, s.Namespace, s.Metric)));

    private static MetricWish Calculated(
        MetricAlarm alarm, MetricDataQuery wanted, string component, Func<TimeSpan?, int> period, string? account)
    {
        var queries = alarm.Metrics.Select(query => query with
        {
            ReturnData = query.Id == wanted.Id,
            AccountId = query.AccountId ?? account,
            Period = query.Period is { } seconds ? period(TimeSpan.FromSeconds(seconds)) : null,
            MetricStat = query.MetricStat is { } stat ? stat with { Period = period(TimeSpan.FromSeconds(stat.Period)) } : null,
        });
        var band = wanted.Id == alarm.ThresholdMetricId
            || wanted.Expression?.Contains("ANOMALY_DETECTION_BAND", StringComparison.OrdinalIgnoreCase) == true;
        var name = wanted.Label is { Length: > 0 } label ? label : wanted.Expression ?? wanted.Id;
        return new MetricWish(component, name, [.. queries])
        {
            Kind = band ? MetricWishKind.Band
                : wanted.Expression?.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase) == true ? MetricWishKind.Search
                : MetricWishKind.Plain,
        };
    }

    private static string UnitOf(string? unit, string? space, string? metric)
        => MetricUnits.Of(unit) is { Length: > 0 } said ? said : StandardMetrics.UnitOf(space, metric);
}
