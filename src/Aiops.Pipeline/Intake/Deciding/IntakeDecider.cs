using Aiops.Analysis.Storms;
using Aiops.Analysis.Topology;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Pipeline.Intake.Deciding;

/// <summary>
/// Decides what becomes of triggers, as a pure function of a snapshot: the same snapshot, triggers and clock have the same
/// outcome, and a batch has the outcome of its triggers one by one.
/// </summary>
public static class IntakeDecider
{
    /// <param name="now">The clock, which holds end by; a replay passes the event time that it has reached.</param>
    public static IntakeDecision Decide(
        ScopeSnapshot snapshot, IReadOnlyList<Trigger> batch, DateTimeOffset now, IntakeRules rules, ServiceGraph topology)
    {
        var deciding = new DecisionRound(snapshot, now, rules, GraphReach.Of(topology));
        foreach (var trigger in InOrder(batch))
        {
            deciding.Take(trigger);
        }

        return deciding.Finish();
    }

    /// <summary>Looks again at the snapshot's holds that are due, and closes its resolved incidents that have been quiet.</summary>
    public static IntakeDecision Sweep(ScopeSnapshot snapshot, DateTimeOffset now, IntakeRules rules, ServiceGraph topology)
    {
        var deciding = new DecisionRound(snapshot, now, rules, GraphReach.Of(topology));
        foreach (var record in snapshot.Subjects.Values
            .Where(record => record.Hold?.DueAt <= now)
            .OrderBy(record => record.Hold!.EndsAt).ThenBy(record => record.Subject, StringComparer.Ordinal))
        {
            deciding.TakeUp(record);
        }

        foreach (var incident in snapshot.Head.Incidents.Concat(snapshot.Others.Values).OrderBy(i => i.Id, StringComparer.Ordinal))
        {
            deciding.CloseIfDue(incident.Id);
        }

        return deciding.Finish();
    }

    /// <summary>When the state that a trigger tells of began: the end, from senders that keep telling the beginning.</summary>
    public static DateTimeOffset StateTime(this Trigger trigger) => trigger.EndedAt ?? trigger.OccurredAt;

    // Event time, then the sender's id; the rest only makes the order total.
    private static IOrderedEnumerable<Trigger> InOrder(IReadOnlyList<Trigger> batch) => batch
        .OrderBy(StateTime)
        .ThenBy(trigger => trigger.SourceId, StringComparer.Ordinal)
        .ThenBy(trigger => trigger.Subject, StringComparer.Ordinal)
        .ThenBy(trigger => trigger.Source, StringComparer.Ordinal)
        .ThenBy(trigger => trigger.State, StringComparer.Ordinal)
        .ThenBy(trigger => trigger.OccurredAt);
}

/// <summary>What is to be committed, and what is to be said of each trigger, in the order in which they were decided.</summary>
public sealed record IntakeDecision(ScopeChanges Changes, IReadOnlyList<TriggerDecision> Triggers);
