using Aiops.Pipeline.Comment;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Learn.Retrieval;

namespace Aiops.Mcp.Answers;

internal sealed record SimilarAnswer(string IncidentId, int Round, IReadOnlyList<PastIncident> Cases, IReadOnlyList<RunbookExcerpt> Runbooks);

internal sealed record FoundAnswer(string Text, IReadOnlyList<FoundKnowledge> Found);

/// <param name="Kind"><c>case</c> or <c>document</c>.</param>
/// <param name="Because">Which words of the question are in it, the most telling first.</param>
internal sealed record FoundKnowledge(string Kind, string Id, string Title, string Heading, string Text, IReadOnlyList<string> Because)
{
    private const int LongestText = 2_000;

    public static FoundKnowledge Of(KnowledgeHit hit) => hit.Case is { } past
        ? new("case", past.IncidentId, past.Title, "", IncidentWords.CauseOf(past), hit.Terms)
        : new("document", hit.Section!.Id, hit.Section.Title, string.Join(" › ", hit.Section.Headings), Shorten(hit.Section.Text), hit.Terms);

    private static string Shorten(string text) => text.Length <= LongestText ? text : $"{text[..LongestText]}…";
}

internal sealed record GroupingAnswer(string About, int Total, IReadOnlyList<GroupedAlarm> Decisions);

/// <summary>What intake did with one alarm, and why, with the parts of the score that decided.</summary>
internal sealed record GroupedAlarm(
    DateTimeOffset OccurredAt, string Title, string Subject, string State, TriggerOutcome Outcome, string? IncidentId, int Deliveries, IReadOnlyList<DecisionReason> Reasons)
{
    public static GroupedAlarm Of(TriggerDecision decision) => new(
        decision.Trigger.OccurredAt, decision.Trigger.Title, decision.Trigger.Subject, decision.Trigger.State, decision.Outcome, decision.IncidentId,
        decision.Deliveries, decision.Reasons);
}

internal sealed record RecordingsAnswer(IReadOnlyList<string> Recordings);

/// <param name="Where">Whether the incident's workflow took it (<c>workflow</c>), will take it (<c>later</c>), or one of its own does (<c>review</c>).</param>
internal sealed record ReviewAnswer(string IncidentId, string Verdict, string? Component, string Reviewer, string Where, string Note);
