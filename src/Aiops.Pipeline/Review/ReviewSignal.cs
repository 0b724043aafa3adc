using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Review;

/// <summary>What answers an incident's waiting workflow.</summary>
public sealed record ReviewSignal
{
    public required ReviewSignalKind Signal { get; init; }

    /// <summary>Why, for people (<c>severity rose to high</c>).</summary>
    public string? Reason { get; init; }

    /// <summary>What the reviewer said; null unless <see cref="ReviewSignalKind.Reviewed"/>.</summary>
    public Outcome? Outcome { get; init; }
}

/// <summary>In rising order of what they settle: of two that wait, the later kind is delivered.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReviewSignalKind>))]
public enum ReviewSignalKind
{
    /// <summary>Severity rose or a component joined: worth another round.</summary>
    [JsonStringEnumMemberName("changed")] Changed,

    /// <summary>Nobody answered in 14 days. Made by the workflow alone.</summary>
    [JsonStringEnumMemberName("unreviewed")] Unreviewed,

    /// <summary>Every member is right again.</summary>
    [JsonStringEnumMemberName("resolved")] Resolved,

    /// <summary>A person judged the analysis.</summary>
    [JsonStringEnumMemberName("reviewed")] Reviewed,
}
