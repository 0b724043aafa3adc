using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Learn;

/// <summary>Where one version of what is known came from.</summary>
/// <param name="By">The reviewer, or the account of who did it.</param>
public sealed record KnowledgeChange(ChangeOrigin Origin, string By, DateTimeOffset At);

/// <summary>How a version came about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChangeOrigin>))]
public enum ChangeOrigin
{
    /// <summary>Somebody judged an analysis.</summary>
    [JsonStringEnumMemberName("review")] Review,

    /// <summary>Somebody edited it.</summary>
    [JsonStringEnumMemberName("revision")] Revision,

    /// <summary>It was read from a file.</summary>
    [JsonStringEnumMemberName("import")] Import,

    /// <summary>A recording brought it along.</summary>
    [JsonStringEnumMemberName("recording")] Recording,

    /// <summary>Somebody took it back.</summary>
    [JsonStringEnumMemberName("revocation")] Revocation,
}
