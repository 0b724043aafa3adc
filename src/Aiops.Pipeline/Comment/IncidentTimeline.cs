using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.Comment;

/// <summary>What happened, in order: alarms, the onsets behind the hypotheses, and changes near them.</summary>
public static class IncidentTimeline
{
    // Older changes are in the table of changes; here they would push the story off the page.
    private static readonly TimeSpan ChangesBefore = TimeSpan.FromHours(2);

    public static IReadOnlyList<TimelineEntry> Of(IReadOnlyList<Trigger> members, IncidentContext context, Diagnosis diagnosis)
    {
        var alarms = members.Select(member => new TimelineEntry(
            member.Condition is TriggerCondition.Resolved ? member.EndedAt ?? member.OccurredAt : member.OccurredAt,
            member.Condition is TriggerCondition.Resolved ? "resolved" : "alarm",
            $"{member.Title}: {member.State}",
            member.Component ?? ""));
        var onsets = diagnosis.Hypotheses
            .Where(hypothesis => hypothesis.Onset is not null)
            .Select(hypothesis => new TimelineEntry(hypothesis.Onset!.Value, "onset", hypothesis.Statement, hypothesis.Component));
        var first = members.Select(member => member.OccurredAt).Concat(onsets.Select(onset => onset.At)).DefaultIfEmpty(context.Window.Start).Min();
        var changes = context.Changes
            .Where(change => change.At >= first - ChangesBefore && change.At < context.Window.End)
            .Select(change => new TimelineEntry(change.At, "change", change.Summary, change.Component));
        return [.. alarms.Concat(onsets).Concat(changes).OrderBy(entry => entry.At).ThenBy(entry => entry.Text, StringComparer.Ordinal)];
    }
}
