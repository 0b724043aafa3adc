using Aiops.Analysis.Telemetry;

namespace Aiops.Simulator.Alarms;

/// <summary>When an alarm changed its state, and the samples that made it.</summary>
public sealed record AlarmTransition(
    AlarmRule Rule, bool Firing, DateTimeOffset At, DateTimeOffset PreviousAt,
    IReadOnlyList<(DateTimeOffset Time, double Value)> Samples);

/// <summary>
/// Evaluates alarms as CloudWatch does: all of the latest periods above the threshold fire it, and one that isn't clears
/// it; a missing sample is not breaching.
/// </summary>
internal static class AlarmHistory
{
    public static IEnumerable<AlarmTransition> Of(AlarmRule rule, IReadOnlyList<MetricSeries> metrics, Scenario scenario)
    {
        var series = metrics.FirstOrDefault(
            s => s.Component == rule.Component && s.Metric == rule.Series.Metric && s.Statistic == rule.Series.Statistic);
        if (series is null)
        {
            yield break;
        }

        var chance = new SimulatedRandom(scenario.Seed, "alarm " + rule.Name);
        var values = series.UnixMilliseconds.Zip(series.Values).ToDictionary(
            sample => sample.First, sample => sample.Second * rule.Scale);
        var previous = scenario.Start.AddHours(-chance.Whole(20, 400)).AddMilliseconds(chance.Whole(0, 999));
        var firing = false;
        for (var minute = rule.Periods; minute < scenario.Length.TotalMinutes; minute++)
        {
            List<(DateTimeOffset Time, double Value)> samples = [];
            for (var back = rule.Periods - 1; back >= 0; back--)
            {
                var time = scenario.Start.AddMinutes(minute - back);
                if (values.TryGetValue(time.ToUnixTimeMilliseconds(), out var value))
                {
                    samples.Add((time, value));
                }
            }

            var breaching = samples.Count == rule.Periods && samples.All(sample => sample.Value > rule.Threshold);
            var clear = samples.Count == 0 || samples[^1].Value <= rule.Threshold;
            if (firing ? !clear : !breaching)
            {
                continue;
            }

            firing = !firing;
            var at = scenario.Start.AddMinutes(minute + 1).AddSeconds(chance.Whole(12, 40)).AddMilliseconds(chance.Whole(0, 999));
            if (at < scenario.Start + scenario.Length)
            {
                yield return new AlarmTransition(
                    rule, firing, at, previous, firing ? samples : samples[^Math.Min(1, samples.Count)..]);
            }

            previous = at;
        }
    }
}
