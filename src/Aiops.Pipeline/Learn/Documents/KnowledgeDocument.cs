namespace Aiops.Pipeline.Learn.Documents;

/// <summary>A runbook or a post-mortem, as somebody wrote it.</summary>
/// <param name="Id">Its path below what was added, with <c>/</c>: by it a newer version is known.</param>
/// <param name="Title">The front matter's, else the first heading, else the file's name.</param>
/// <param name="Text">Markdown without front matter, secrets masked.</param>
public sealed record KnowledgeDocument(string Id, string Title, string Text)
{
    public const int LongestId = 200;

    /// <summary>UTF-8 bytes of a file: a record must fit into one DynamoDB item of 400 KB.</summary>
    public const int LargestFile = 256 * 1024;
}

/// <summary>A document as it is kept; see <see cref="CaseRecord"/>.</summary>
public sealed record DocumentRecord(string Scope, KnowledgeDocument Document, long Version, CaseStatus Status)
{
    public KnowledgeChange? Change { get; init; }
}

/// <summary>All documents of a scope at one moment; see <see cref="CaseSnapshot"/>.</summary>
public sealed record DocumentSnapshot(long Version, IReadOnlyList<DocumentRecord> Records)
{
    public static DocumentSnapshot Empty { get; } = new(0, []);

    public IEnumerable<KnowledgeDocument> Current => Records.Where(record => record.Status == CaseStatus.Current).Select(record => record.Document);
}
