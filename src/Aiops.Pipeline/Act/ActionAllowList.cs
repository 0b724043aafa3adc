using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Act;

/// <summary>What may be run at all, as people wrote it down. Empty, and so by default: nothing, and every door of this stage says so.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ActionAllowList
{
    public static ActionAllowList Off { get; } = new();

    /// <summary>Whether whoever proposed an action may not approve it.</summary>
    public bool TwoPersons { get; init; } = true;

    public IReadOnlyList<AllowedAction> Actions { get; init; } = [];

    [JsonIgnore]
    public bool IsOff => Actions.Count == 0;
}

/// <summary>One thing that may be run: a Systems Manager document, or a program of this machine, by its own parameters alone.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AllowedAction
{
    /// <summary>Lower case, words joined by hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>What it does, for whoever approves.</summary>
    public required string Title { get; init; }

    /// <summary>The riskiest recommendation that it may carry out.</summary>
    public required ActionRisk MaxRisk { get; init; }

    /// <summary>Names of components, <c>*</c> for any run of characters; only for these.</summary>
    public required IReadOnlyList<string> Components { get; init; }

    /// <summary>Tags that the incident's first alarm must bear.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it isn't known by its document: the playbook whose step this carries out.</summary>
    public PlaybookPlace? For { get; init; }

    public AllowedDocument? Document { get; init; }

    public AllowedCommand? Command { get; init; }

    public IReadOnlyDictionary<string, ParameterRule> Parameters { get; init; } = new Dictionary<string, ParameterRule>();

    /// <summary>How long after its end the alarm's metric is looked at.</summary>
    public int CheckAfterSeconds { get; init; } = 600;
}

/// <param name="Step">Counted from 1.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PlaybookPlace(string Playbook, int Step);

/// <summary>An SSM Automation document. Its dry run is the same one with a parameter set, or another one that only reads.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AllowedDocument
{
    public required string Name { get; init; }

    /// <summary>Parameters set for a dry run (<c>{"DryRun": "true"}</c>); null where the document has none.</summary>
    public IReadOnlyDictionary<string, string>? DryRunParameters { get; init; }

    /// <summary>A read-only companion that takes the same parameters; null where there is none.</summary>
    public string? DryRunDocument { get; init; }
}

/// <summary>A program and its arguments, handed over one by one: no shell reads them.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AllowedCommand
{
    /// <summary>An absolute path.</summary>
    public required string Executable { get; init; }

    /// <summary>Each with <c>{name}</c> where a parameter's value goes.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The arguments that make the same program only say what it would do; null where it can't.</summary>
    public IReadOnlyList<string>? DryRunArguments { get; init; }

    /// <summary>All of its environment: nothing of this process's is handed on.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>After which it is killed.</summary>
    public int TimeoutSeconds { get; init; } = 300;
}
