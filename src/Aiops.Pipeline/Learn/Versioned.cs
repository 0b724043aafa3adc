namespace Aiops.Pipeline.Learn;

/// <summary>One version of something that is known.</summary>
public sealed record Versioned<T>(string Id, T Content, long Version, CaseStatus Status, KnowledgeChange? Change);

/// <summary>What somebody wants of a record, given how it stands: null for nothing.</summary>
/// <remarks>Called again when another was faster, so it may do nothing but decide.</remarks>
public delegate (T Content, CaseStatus Status)? VersionedEdit<T>(Versioned<T>? known);

/// <summary>The rules of versions, the same in every store.</summary>
public static class Versions
{
    /// <summary>What comes after: null where nothing would be changed, so that saying the same again makes no version.</summary>
    /// <param name="known">As it stands; null where there is none.</param>
    /// <param name="same">Whether two say the same.</param>
    public static Versioned<T>? After<T>(Versioned<T>? known, string id, T content, CaseStatus status, KnowledgeChange change, Func<T, T, bool> same)
        => known is not null && known.Status == status && same(known.Content, content)
            ? null
            : new Versioned<T>(id, content, (known?.Version ?? 0) + 1, status, change);
}
