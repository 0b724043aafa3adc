using System.Text.Json.Serialization;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Cli.Output;

/// <summary>What <c>aiops handle --json</c> prints: what became of one event.</summary>
/// <param name="Outcome">opened, joined, duplicate, held, suppressed, resolved, ignored or deadlettered.</param>
/// <param name="Trigger">What was understood; null when nothing was.</param>
/// <param name="IncidentId">Null when it belongs to none.</param>
/// <param name="Reasons">Why, a sentence each.</param>
/// <param name="All">Every trigger's own outcome, where the event held more than one; the first fields then show the most important.</param>
/// <param name="Ticket">Where the comment is, with <c>--wait</c>.</param>
internal sealed record HandledEvent(
    string Outcome,
    HandledTrigger? Trigger,
    string? IncidentId,
    IReadOnlyList<string> Reasons,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<HandledEvent>? All = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DeadLetterId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HandledTicket? Ticket = null)
{
    // Of several, what opened something is told first; what was folded away last.
    private static readonly TriggerOutcome[] Weightiest =
    [
        TriggerOutcome.Opened, TriggerOutcome.Joined, TriggerOutcome.Held, TriggerOutcome.Suppressed, TriggerOutcome.Resolved,
        TriggerOutcome.Duplicate, TriggerOutcome.Ignored, TriggerOutcome.Deadlettered,
    ];

    public static HandledEvent Of(ConsumedEvent consumed)
    {
        List<HandledEvent> all = [.. consumed.Decisions.OrderBy(decision => Array.IndexOf(Weightiest, decision.Outcome)).Select(Of)];
        if (consumed.DeadLetterReason is { } reason)
        {
            all.Add(new HandledEvent("deadlettered", null, null, [reason], DeadLetterId: consumed.Message.MessageId));
        }

        if (all.Count == 0)
        {
            return new HandledEvent("ignored", null, null, [consumed.Note ?? "It holds no event."]);
        }

        return all.Count == 1 ? all[0] : all[0] with { All = all };
    }

    /// <summary>One word for each trigger, and one for what was set aside.</summary>
    public static IEnumerable<string> OutcomesOf(ConsumedEvent consumed) => Of(consumed) is { All: { } all } ? all.Select(one => one.Outcome) : [Of(consumed).Outcome];

    private static HandledEvent Of(TriggerDecision decision) => new(
        decision.Outcome.ToString().ToLowerInvariant(),
        HandledTrigger.Of(decision.Trigger),
        decision.IncidentId,
        [.. decision.Reasons.Select(reason => reason.Sentence)]);
}

/// <param name="State">The sender's own word.</param>
/// <param name="Condition">What it means to the pipeline: firing, resolved, unknown or informational.</param>
/// <param name="SuppressedBy">The rule that suppresses it, by its sender's name; null when none does.</param>
internal sealed record HandledTrigger(
    string Source,
    string Subject,
    string State,
    TriggerCondition Condition,
    DateTimeOffset OccurredAt,
    string? Account,
    string? Region,
    string Title,
    SeverityHint SeverityHint,
    string? SuppressedBy,
    string? Component)
{
    public static HandledTrigger Of(Trigger trigger) => new(
        trigger.Source, trigger.Subject, trigger.State, trigger.Condition, trigger.OccurredAt, trigger.Account, trigger.Region,
        trigger.Title, trigger.SeverityHint, trigger.SuppressedBy?.Rule, trigger.Component);
}

/// <param name="CommentVersion">1 when it was just made; edited in place after that.</param>
internal sealed record HandledTicket(string Id, int CommentVersion, string? ReportPath);
