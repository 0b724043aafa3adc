using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Reason.Answer;

/// <summary>What a model must answer, member for member. Its JSON schema is exported from these records.</summary>
public sealed record ModelAnswer
{
    [Description("The hypotheses of the brief that you have something to say about, the most probable first.")]
    public required IReadOnlyList<AnsweredHypothesis> Hypotheses { get; init; }

    [Description("What happened, told to the person on call in 2 to 6 claims, in order of time.")]
    public required IReadOnlyList<AnsweredClaim> Narrative { get; init; }

    [Description("Which of the offered playbooks to try first. Empty if none fits.")]
    public required IReadOnlyList<AnsweredAction> Actions { get; init; }
}

public sealed record AnsweredHypothesis
{
    [Description("The id of a hypothesis of the brief, such as H1.")]
    public required string Hypothesis { get; init; }

    [Description("What speaks for or against it, 1 to 4 claims.")]
    public required IReadOnlyList<AnsweredClaim> Claims { get; init; }

    [Description("A check that would disprove it.")]
    public required AnsweredClaim WouldDisprove { get; init; }
}

public sealed record AnsweredClaim
{
    [Description("One plain sentence. Every number and every name in it must stand in the evidence it cites.")]
    public required string Text { get; init; }

    [Description("The ids of the evidence that holds it, such as E2.")]
    public required IReadOnlyList<string> Evidence { get; init; }
}

public sealed record AnsweredAction
{
    [Description("The id of an offered playbook.")]
    public required string Playbook { get; init; }

    [Description("The ids of the evidence for it.")]
    public required IReadOnlyList<string> Evidence { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false, MaxDepth = 16)]
[JsonSerializable(typeof(ModelAnswer))]
public sealed partial class AnswerJson : JsonSerializerContext;
