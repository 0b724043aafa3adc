using Aiops.Analysis.Telemetry;

namespace Aiops.Pipeline.Classify;

/// <summary>What kind of trouble the alarms speak of: from the sender, else from what the alarm measures.</summary>
public static class KindOfIncident
{
    // A composite's title is all there is to go by; words of the field, not of any one system.
    private static readonly (string Word, IncidentKind Kind)[] TitleWords =
    [
        ("5xx", IncidentKind.Errors), ("4xx", IncidentKind.Errors), ("error", IncidentKind.Errors), ("fault", IncidentKind.Errors),
        ("exception", IncidentKind.Errors), ("throttl", IncidentKind.Errors), ("timeout", IncidentKind.Latency),
        ("latency", IncidentKind.Latency), ("duration", IncidentKind.Latency), ("slow", IncidentKind.Latency),
        ("response-time", IncidentKind.Latency), ("burn", IncidentKind.Availability), ("availab", IncidentKind.Availability),
        ("unhealthy", IncidentKind.Availability), ("down", IncidentKind.Availability), ("cpu", IncidentKind.Saturation),
        ("memory", IncidentKind.Saturation), ("disk", IncidentKind.Saturation), ("connection", IncidentKind.Saturation),
        ("queue", IncidentKind.Saturation), ("backlog", IncidentKind.Saturation), ("traffic", IncidentKind.Traffic),
        ("request", IncidentKind.Traffic), ("cost", IncidentKind.Cost), ("spend", IncidentKind.Cost),
    ];

    /// <summary>The kind that most firing members speak of (ties: the first to arrive), and why.</summary>
    public static (IncidentKind Kind, string Why) Of(IReadOnlyList<Trigger> members)
    {
        var votes = members
            .Where(member => member.Condition is TriggerCondition.Firing)
            .DefaultIfEmpty(members.Count > 0 ? members[0] : null)
            .OfType<Trigger>()
            .Select(member => (Member: member, Kind: OfOne(member)))
            .ToList();
        var winner = votes
            .Where(vote => vote.Kind is not IncidentKind.Unknown)
            .GroupBy(vote => vote.Kind)
            .OrderByDescending(group => group.Count()) // Stable: of equals, the first to arrive stays first.
            .FirstOrDefault();
        return winner is null
            ? (IncidentKind.Unknown, "Nothing in the alarms tells what they measure.")
            : (winner.Key, $"{winner.First().Member.Title} measures {Words(winner.Key)}{Others(winner.Count(), votes.Count)}.");
    }

    private static IncidentKind OfOne(Trigger trigger) => trigger.Source switch
    {
        TriggerSource.CostAnomalyDetection => IncidentKind.Cost,
        TriggerSource.GuardDuty => IncidentKind.Security,
        TriggerSource.Health when trigger.State is "upcoming" => IncidentKind.Change,
        TriggerSource.Health => IncidentKind.Availability,
        _ => OfSignal(trigger.Signal) is var kind and not IncidentKind.Unknown ? kind : OfTitle(trigger.Title),
    };

    private static IncidentKind OfSignal(SignalReference? signal) => signal?.Metric is not { } metric
        ? IncidentKind.Unknown
        : SignalKinds.Of(metric, signal.Unit ?? "") switch
        {
            SignalKind.Latency => IncidentKind.Latency,
            SignalKind.Errors => IncidentKind.Errors,
            SignalKind.Availability => IncidentKind.Availability,
            SignalKind.Traffic => IncidentKind.Traffic,
            SignalKind.Saturation => IncidentKind.Saturation,
            _ => IncidentKind.Unknown,
        };

    private static IncidentKind OfTitle(string title)
        => TitleWords.FirstOrDefault(entry => title.Contains(entry.Word, StringComparison.OrdinalIgnoreCase)).Kind;

    private static string Words(IncidentKind kind) => kind.ToString().ToLowerInvariant();

    private static string Others(int agreeing, int all) => all == 1 ? "" : $" ({agreeing} of {all} alarms agree)";
}
