using System.Text.Json.Serialization;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.Learn;

/// <summary>A case as it is kept, with where it stands.</summary>
/// <param name="Version">1 when it was first written; one more with each review, revision and revocation.</param>
public sealed record CaseRecord(string Scope, PastCase Case, long Version, CaseStatus Status)
{
    /// <summary>Who made this version, when and how; null in what was stored before this was kept.</summary>
    public KnowledgeChange? Change { get; init; }
}

/// <summary>Only a current case is compared with anything.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CaseStatus>))]
public enum CaseStatus
{
    [JsonStringEnumMemberName("current")] Current,

    /// <summary>A later version replaced it.</summary>
    [JsonStringEnumMemberName("superseded")] Superseded,

    /// <summary>A person took it back.</summary>
    [JsonStringEnumMemberName("revoked")] Revoked,
}

/// <summary>All cases of a scope at one moment. What is made of it is pure: the same snapshot gives the same ranking on every host.</summary>
/// <param name="Version">Grows with every change; equal for equal snapshots.</param>
/// <param name="Records">In ordinal order of their incidents' ids, revoked ones included.</param>
public sealed record CaseSnapshot(long Version, IReadOnlyList<CaseRecord> Records)
{
    public IEnumerable<PastCase> Current => Records.Where(record => record.Status == CaseStatus.Current).Select(record => record.Case);
}
