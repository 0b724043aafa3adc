using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Intake.Scopes;

/// <summary>What one decision changes in a scope: committed whole, or not at all.</summary>
public sealed record ScopeChanges
{
    public required ScopeHead Head { get; init; }

    /// <summary>New incidents, their execution not started.</summary>
    public IReadOnlyList<Incident> Opened { get; init; } = [];

    /// <summary>The new state of every incident that changed, new ones included.</summary>
    public IReadOnlyList<IncidentState> States { get; init; } = [];

    public IReadOnlyList<SubjectRecord> Subjects { get; init; } = [];

    /// <summary>At most one an incident and subject.</summary>
    public IReadOnlyList<MemberChange> Members { get; init; } = [];

    public IReadOnlyList<SignalChange> Signals { get; init; } = [];

    /// <summary>Idempotency keys with what is noted under them, to be kept for <see cref="TriggerKeys.Lifetime"/>.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    /// <summary>One whose id is known already is counted as one more delivery and otherwise left as it was.</summary>
    public IReadOnlyList<TriggerDecision> Decisions { get; init; } = [];

    public bool AreEmpty
        => Opened.Count == 0 && States.Count == 0 && Subjects.Count == 0 && Members.Count == 0 && Signals.Count == 0
        && Keys.Count == 0 && Decisions.Count == 0;
}

/// <summary>A subject's part in an incident.</summary>
/// <param name="Trigger">The trigger by which it became a member; null leaves what is there.</param>
/// <param name="Removed">It is no member any more: moved to another incident by a person.</param>
public sealed record MemberChange(string IncidentId, string Subject, Trigger? Trigger, bool Firing, bool Removed = false);

/// <summary>Raises and withdraws what an incident's workflow is to be told.</summary>
public sealed record SignalChange(string IncidentId, PendingSignals Raise, PendingSignals Withdraw, string? Reason);

/// <summary>What an incident's waiting workflow hasn't been told yet.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<PendingSignals>))]
public enum PendingSignals
{
    [JsonStringEnumMemberName("none")] None = 0,

    /// <summary>The priority rose, a component joined, it began anew.</summary>
    [JsonStringEnumMemberName("changed")] Changed = 1,

    /// <summary>Every member is right again.</summary>
    [JsonStringEnumMemberName("resolved")] Resolved = 2,
}
