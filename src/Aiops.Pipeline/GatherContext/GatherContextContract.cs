namespace Aiops.Pipeline.GatherContext;

/// <summary>Ask one source about an incident.</summary>
/// <param name="Round">0 for the first analysis; each return from the review adds one.</param>
public sealed record GatherContextInput(string IncidentId, ContextSource Source, int Round);

/// <summary>How it went. The part itself is the document under the key.</summary>
/// <param name="Gaps">What is missing or odd, the first few; the document has all.</param>
public sealed record GatherContextOutput(ContextSource Source, string Key, SourceStatus Status, IReadOnlyList<string> Gaps);
