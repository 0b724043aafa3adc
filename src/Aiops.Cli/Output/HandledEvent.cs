using System.Text.Json.Serialization;
using Aiops.Pipeline;

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
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HandledTicket? Ticket = null);

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
