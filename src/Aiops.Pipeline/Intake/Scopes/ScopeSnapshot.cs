namespace Aiops.Pipeline.Intake.Scopes;

/// <summary>Everything that a decision may look at, of one version of one scope.</summary>
public sealed record ScopeSnapshot
{
    public required string Scope { get; init; }

    /// <summary>0 for a scope that nothing was committed to.</summary>
    public required long Version { get; init; }

    public required ScopeHead Head { get; init; }

    /// <summary>Those asked for that exist.</summary>
    public required IReadOnlyDictionary<string, SubjectRecord> Subjects { get; init; }

    /// <summary>Incidents asked for or named by those subjects that don't stand in the head: closed, or crowded out.</summary>
    public required IReadOnlyDictionary<string, IncidentState> Others { get; init; }

    /// <summary>Those asked for that exist, with what was noted under them.</summary>
    public required IReadOnlyDictionary<string, string> Keys { get; init; }

    public static ScopeSnapshot Empty(string scope) => new()
    {
        Scope = scope,
        Version = 0,
        Head = ScopeHead.Empty,
        Subjects = new Dictionary<string, SubjectRecord>(),
        Others = new Dictionary<string, IncidentState>(),
        Keys = new Dictionary<string, string>(),
    };
}

/// <summary>Which rows a snapshot needs beside the head.</summary>
public sealed record SnapshotRequest
{
    public IReadOnlyCollection<string> Subjects { get; init; } = [];

    public IReadOnlyCollection<string> Keys { get; init; } = [];

    public IReadOnlyCollection<string> Incidents { get; init; } = [];

    /// <summary>What deciding on these triggers needs.</summary>
    public static SnapshotRequest For(IEnumerable<Trigger> batch)
    {
        HashSet<string> subjects = [], keys = [];
        foreach (var trigger in batch)
        {
            subjects.Add(trigger.Subject);
            subjects.UnionWith(Kin.Of(trigger));
            keys.UnionWith(TriggerKeys.Of(trigger).All);
        }

        return new SnapshotRequest { Subjects = subjects, Keys = keys };
    }
}
