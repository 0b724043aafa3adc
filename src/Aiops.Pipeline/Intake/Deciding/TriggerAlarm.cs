using Aiops.Analysis.Storms;

namespace Aiops.Pipeline.Intake.Deciding;

/// <summary>A trigger as grouping sees it.</summary>
public static class TriggerAlarm
{
    /// <summary>
    /// Tags and dimensions that name another component than the one concerned: CloudWatch Application Signals, OpenTelemetry's
    /// peers and service graphs, Istio's workloads, and what hosts it.
    /// </summary>
    private static readonly string[] Others =
    [
        "RemoteService", "RemoteResourceIdentifier", "peer.service", "peer_service", "client", "server", "source_workload",
        "destination_workload", "destination_service_name", "host", "host.name", "hostname", "node", "nodename", "NodeName",
    ];

    /// <param name="at">When it counts from: <see cref="Trigger.OccurredAt"/>, or the end of what held it.</param>
    public static Alarm Of(Trigger trigger, DateTimeOffset at)
        => new(at, trigger.Component, trigger.Component is null ? [] : TouchesOf(trigger), MarksOf(trigger), trigger.Region);

    public static IReadOnlyList<string> MarksOf(Trigger trigger) => AlarmMarks.Of(new AlarmMarks.Subject(
        trigger.Component,
        trigger.Title,
        trigger.GroupKey,
        trigger.Signal?.Namespace,
        trigger.Signal?.Metric,
        trigger.Signal?.Dimensions ?? (IEnumerable<KeyValuePair<string, string>>)[],
        trigger.Tags));

    private static string[] TouchesOf(Trigger trigger)
    {
        List<string> touches = [];
        foreach (var other in Others)
        {
            Add(trigger.Tags.GetValueOrDefault(other));
            Add(trigger.Signal?.Dimensions.GetValueOrDefault(other));
        }

        return [.. touches];

        void Add(string? name)
        {
            if (!string.IsNullOrWhiteSpace(name) && name != trigger.Component && !touches.Contains(name))
            {
                touches.Add(name);
            }
        }
    }
}
