using Aiops.Local.Recordings;
using Aiops.Local.Recordings.Writing;

namespace Aiops.Local.Import;

/// <summary>Makes the alarm that somebody watching the entry service would have had.</summary>
internal static class NezhaAlarm
{
    public static AlarmEvent? Of(NezhaMetrics metrics, NezhaLabel label, RecordedWindow incident)
    {
        if (metrics.Symptom() is not var (metric, statistic, samples) || metrics.Front is not { } front)
        {
            return null;
        }

        var seen = samples.Where(sample => sample.Time >= incident.Start && sample.Time < incident.End).ToList();
        if (seen.Count == 0)
        {
            return null;
        }

        var worst = seen.MaxBy(sample => sample.Value);
        return new AlarmEvent(
            $"nezha-{label.InjectTime.ToUnixTimeSeconds()}", $"{front} {metric} {statistic}", front, "TrainTicket", metric, statistic,
            new Dictionary<string, string> { ["ServiceName"] = front }, Math.Round(worst.Value * 0.9, 3), TimeSpan.FromMinutes(1), Firing: true,
            worst.Time, worst.Time - TimeSpan.FromHours(1), [worst], $"{statistic} {metric} of {front}");
    }
}
