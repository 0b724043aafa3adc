using Aiops.Pipeline.Reason.Models;

namespace Aiops.Pipeline.Reason.Dialogue;

/// <summary>What was said between us and a model about one analysis, as it was sent and received, masked. Kept with the incident.</summary>
public sealed record Transcript(string Model, DateTimeOffset At, IReadOnlyList<TranscriptEntry> Entries);

/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c>, <c>tool</c>, or <c>failure</c> with what failed.</param>
/// <param name="Spent">What the call cost that this ended; null for what we said.</param>
public sealed record TranscriptEntry(string Role, string Text, ModelSpend? Spent = null);
