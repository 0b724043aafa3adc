using Aiops.Analysis.Storms;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake.Deciding;

namespace Aiops.Accuracy.Storms;

/// <summary>One line of the data: what the engine sees of it, and the fault that the scorer knows.</summary>
/// <param name="Other">What else it names: the host of a metric, the caller of a call; null for none.</param>
/// <param name="Signal">The metric, or the kind of a trace alarm.</param>
internal sealed record StormAlarm(DateTimeOffset At, string Entity, string? Other, bool IsCall, string Signal, string Fault)
{
    /// <summary>Prefixed to names, so that those of two systems differ. Digits: no word that could tell systems apart.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Where <see cref="Other"/> lies in another part than <see cref="Entity"/>.</summary>
    public string? OtherPrefix { get; init; }

    public string Component => Prefix + Entity;

    public string? Touched => Other is null ? null : (OtherPrefix ?? Prefix) + Other;

    /// <summary>As a monitoring system would send it. Each is a subject of its own, for the data has no ends.</summary>
    public Trigger ToTrigger(int number) => new()
    {
        Source = TriggerSource.Webhook,
        SourceId = $"{number}",
        Subject = $"{number}",
        State = "firing",
        Condition = TriggerCondition.Firing,
        OccurredAt = At,
        Title = Entity,
        Component = Component,
        Signal = new SignalReference(Namespace: null, Signal, new Dictionary<string, string>()),
        Tags = Touched is { } touched ? new Dictionary<string, string> { [IsCall ? "peer.service" : "host"] = touched } : [],
    };

    public Alarm ToAlarm() => TriggerAlarm.Of(ToTrigger(0), At); // Grouping asks for no identity.
}
