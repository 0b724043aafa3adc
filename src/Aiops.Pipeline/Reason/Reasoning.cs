using System.Text.Json.Serialization;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Pipeline.Reason;

/// <summary>What a model made of an analysis, after code has checked it; or why it said nothing. Stored beside the diagnosis, never in it.</summary>
public sealed record Reasoning
{
    public required ReasoningStatus Status { get; init; }

    /// <summary>Why there is no explanation, or only a part of one, for people; null where nothing is amiss.</summary>
    public string? Why { get; init; }

    /// <summary>How the last call failed; null where none did.</summary>
    public ModelFailure? Failure { get; init; }

    /// <summary>The model's id as configured.</summary>
    public required string Model { get; init; }

    public ModelLanguage Language { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What happened, in checked sentences.</summary>
    public IReadOnlyList<CheckedClaim> Narrative { get => field ?? []; init; }

    /// <summary>What it says of the causes, in its own order; only those of which a sentence stood the check.</summary>
    public IReadOnlyList<HypothesisReading> Causes { get => field ?? []; init; }

    /// <summary>Which of the recommended playbooks it would try first.</summary>
    public IReadOnlyList<PlaybookReading> Actions { get => field ?? []; init; }

    /// <summary>Components in their new order, where it moved one within the limits; empty where the engine's order stands.</summary>
    public IReadOnlyList<string> Order { get => field ?? []; init; }

    /// <summary>What claims cite beyond the diagnosis' own evidence: log patterns, changes, earlier cases, and what its tools found.</summary>
    public IReadOnlyList<Evidence> Found { get => field ?? []; init; }

    /// <summary>What was struck out, by reason.</summary>
    public IReadOnlyList<StruckOut> Struck { get => field ?? []; init; }

    /// <summary>For this analysis; nothing where the answer was known already.</summary>
    public ModelSpend Spent { get; init; }

    /// <summary>Whether the same evidence had been explained before.</summary>
    public bool FromCache { get; init; }

    /// <summary>Whether any of it is to be shown as an explanation.</summary>
    [JsonIgnore]
    public bool Explains => Status is ReasoningStatus.Explained or ReasoningStatus.Partial;
}

public enum ReasoningStatus
{
    /// <summary>Nobody was asked, for a reason that <see cref="Reasoning.Why"/> says.</summary>
    [JsonStringEnumMemberName("notAsked")] NotAsked = 0,

    [JsonStringEnumMemberName("explained")] Explained,

    /// <summary>A cap on steps, money, tokens or time came first; what there is was checked like any other answer.</summary>
    [JsonStringEnumMemberName("partial")] Partial,

    /// <summary>Too much of the answer wasn't held by evidence: none of it is shown.</summary>
    [JsonStringEnumMemberName("struck")] Struck,

    /// <summary>The model gave no answer that could be read.</summary>
    [JsonStringEnumMemberName("unanswered")] Unanswered,
}

/// <summary>One sentence, and the evidence against which it was checked.</summary>
public sealed record CheckedClaim(string Text, IReadOnlyList<string> Evidence);

/// <param name="WouldDisprove">Null where what the model said of it was struck out.</param>
public sealed record HypothesisReading(string Component, IReadOnlyList<CheckedClaim> Claims, CheckedClaim? WouldDisprove);

public sealed record PlaybookReading(string Playbook, IReadOnlyList<string> Evidence);

public sealed record StruckOut(StrikeReason Reason, int Count);

/// <summary>What is wrong with a claim.</summary>
public enum StrikeReason
{
    /// <summary>It cites nothing, or what isn't there.</summary>
    [JsonStringEnumMemberName("unknownEvidence")] UnknownEvidence,

    /// <summary>A number, with its unit, that none of the cited evidence holds.</summary>
    [JsonStringEnumMemberName("unheldNumber")] UnheldNumber,

    /// <summary>A component, or another name, that none of the cited evidence holds.</summary>
    [JsonStringEnumMemberName("unheldName")] UnheldName,

    /// <summary>A mechanism (a leak, a disk, an attack) of which the cited evidence doesn't speak.</summary>
    [JsonStringEnumMemberName("unheldMechanism")] UnheldMechanism,

    /// <summary>A word that the cited evidence doesn't have, in no other word of the same meaning either.</summary>
    [JsonStringEnumMemberName("unheldWord")] UnheldWord,

    /// <summary>It takes from several pieces of evidence what none of them holds alone.</summary>
    [JsonStringEnumMemberName("mixed")] Mixed,

    /// <summary>Something to do that isn't one of the recommended playbooks.</summary>
    [JsonStringEnumMemberName("actionOutsidePlaybooks")] ActionOutsidePlaybooks,

    /// <summary>A hypothesis that the engine didn't name, or a cause blamed that isn't the one it speaks of.</summary>
    [JsonStringEnumMemberName("unknownCause")] UnknownCause,

    /// <summary>It says the opposite of what is cited.</summary>
    [JsonStringEnumMemberName("contradicts")] Contradicts,

    /// <summary>All, only, mostly, healthy, collapsed: a degree that the cited evidence doesn't give.</summary>
    [JsonStringEnumMemberName("overstated")] Overstated,

    /// <summary>It has nothing in common with what it cites.</summary>
    [JsonStringEnumMemberName("unrelated")] Unrelated,

    /// <summary>Longer, or more of them, than asked for.</summary>
    [JsonStringEnumMemberName("beyondLimits")] BeyondLimits,

    /// <summary>A move in the ranking that the figures don't leave open.</summary>
    [JsonStringEnumMemberName("rankBeyondLimits")] RankBeyondLimits,
}
