using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Intake;

/// <summary>One reason for a decision: a kind to count by, a sentence for people, and what it rests on.</summary>
/// <param name="Rule">The rule that did it (a mute rule's ARN, a maintenance window's id); null where none did.</param>
/// <param name="IncidentId">The incident it speaks of, where that isn't the decision's own.</param>
/// <param name="Score">How well the trigger fitted that incident; null where no score was needed.</param>
public sealed record DecisionReason(
    ReasonKind Kind,
    string Sentence,
    string? Rule = null,
    string? IncidentId = null,
    ScoreExplanation? Score = null);

/// <summary>A correlation score with its parts: the total is the sum of weight times value.</summary>
public sealed record ScoreExplanation(double Total, double Threshold, IReadOnlyList<ScorePart> Parts);

/// <param name="Name"><c>topology</c>, <c>time</c> or <c>similarity</c>.</param>
/// <param name="Value">0 to 1; topology also below 0, where it speaks against.</param>
/// <param name="Detail">What the value rests on, for people.</param>
public sealed record ScorePart(string Name, double Weight, double Value, string Detail);

/// <summary>What kind of reason it is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReasonKind>))]
public enum ReasonKind
{
    [JsonStringEnumMemberName("sameMessage")] SameMessage,
    [JsonStringEnumMemberName("sameState")] SameState,

    /// <summary>One message id about two subjects: both count.</summary>
    [JsonStringEnumMemberName("sharedMessageId")] SharedMessageId,
    [JsonStringEnumMemberName("late")] Late,
    [JsonStringEnumMemberName("informational")] Informational,
    [JsonStringEnumMemberName("unknownState")] UnknownState,
    [JsonStringEnumMemberName("nothingFiring")] NothingFiring,
    [JsonStringEnumMemberName("sameSubject")] SameSubject,

    /// <summary>A contributor and its alarm, a composite and its child.</summary>
    [JsonStringEnumMemberName("sameAlarm")] SameAlarm,
    [JsonStringEnumMemberName("correlated")] Correlated,
    [JsonStringEnumMemberName("nothingNear")] NothingNear,
    [JsonStringEnumMemberName("follows")] Follows,
    [JsonStringEnumMemberName("reopened")] Reopened,
    [JsonStringEnumMemberName("flapping")] Flapping,
    [JsonStringEnumMemberName("suppression")] Suppression,
    [JsonStringEnumMemberName("suppressionEnded")] SuppressionEnded,
    [JsonStringEnumMemberName("priorityRose")] PriorityRose,
    [JsonStringEnumMemberName("newComponent")] NewComponent,
    [JsonStringEnumMemberName("memberEnded")] MemberEnded,
    [JsonStringEnumMemberName("allEnded")] AllEnded,
}
