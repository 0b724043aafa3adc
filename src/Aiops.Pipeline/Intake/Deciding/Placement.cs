using Aiops.Analysis.Storms;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Pipeline.Intake.Deciding;

/// <summary>
/// Puts a firing trigger where it belongs: to the incident of its own subject, of its alarm, composite or child, to the one
/// that it fits best, or to a new one.
/// </summary>
internal sealed class Placement(ScopeDraft draft, Correlator correlator, IntakeRules rules)
{
    public void Learn(IncidentState incident) => correlator.Learn(incident);

    /// <param name="id">The decision's, from which a new incident's id is derived.</param>
    /// <param name="record">The subject's, with the trigger's state in it; put back with the incident in it.</param>
    public Placed Place(Trigger trigger, string id, SubjectRecord record, DateTimeOffset at)
    {
        var alarm = TriggerAlarm.Of(trigger, at);
        var isStranger = correlator.Hear(alarm);
        var own = draft.Incident(record.IncidentId);
        if (own is not null && correlator.MayJoin(own, at))
        {
            return Join(own, alarm, trigger, record, new DecisionReason(ReasonKind.SameSubject, "it is a member already"));
        }

        if (IncidentOfKin(trigger, record, at) is { } shared)
        {
            return Join(shared, alarm, trigger, record,
                new DecisionReason(ReasonKind.SameAlarm, "its own alarm, composite or child is a member: they tell of one thing"));
        }

        var best = correlator.Best(alarm);
        return best is { Score.Joins: true }
            ? Join(best.Incident, alarm, trigger, record, new DecisionReason(
                ReasonKind.Correlated, $"it fits with {best.Score.Total:0.00} of at most 1, {rules.Correlation.Threshold:0.00} is enough: "
                + string.Join("; ", best.Explanation.Parts.Select(part => part.Detail)), Score: best.Explanation))
            : Open(alarm, isStranger, trigger, id, record, best, own);
    }

    private IncidentState? IncidentOfKin(Trigger trigger, SubjectRecord record, DateTimeOffset at)
        => Kin.Of(trigger).Select(draft.Subject)
            .SelectMany(kin => new[] { kin.IncidentId, kin.ExpectedIn })
            .Prepend(record.ExpectedIn)
            .Select(draft.Incident)
            .OfType<IncidentState>()
            .Where(incident => correlator.MayJoin(incident, at))
            .OrderBy(incident => incident.OpenedAt).ThenBy(incident => incident.Id, StringComparer.Ordinal)
            .FirstOrDefault();

    private Placed Join(IncidentState incident, Alarm alarm, Trigger trigger, SubjectRecord record, DecisionReason why)
    {
        var at = alarm.At;
        var isNew = record.IncidentId != incident.Id;
        List<DecisionReason> reasons = [why];
        var after = incident with
        {
            Status = IncidentStatus.Open,
            ResolvedAt = null,
            CloseDueAt = null,
            OpenedAt = trigger.OccurredAt < incident.OpenedAt ? trigger.OccurredAt : incident.OpenedAt,
            LastEventAt = at > incident.LastEventAt ? at : incident.LastEventAt,
            Priority = trigger.SeverityHint > incident.Priority ? trigger.SeverityHint : incident.Priority,
            Region = incident.Region ?? trigger.Region,
            Components = Extended(incident.Components, trigger.Component is { } c ? [c] : [], IncidentState.MaxComponents),
            Marks = isNew ? Extended(incident.Marks, alarm.Marks, IncidentState.MaxMarks) : incident.Marks,
            MemberCount = incident.MemberCount + (isNew ? 1 : 0),
            FiringCount = incident.FiringCount + (!isNew && record.FiringMember ? 0 : 1),
        };
        if (incident.Status == IncidentStatus.Resolved)
        {
            reasons.Add(Signal(ReasonKind.Reopened, $"the incident had been resolved {Sentences.Of(incident.ResolvedAt!.Value)}: it is open again"));
        }

        if (after.Priority > incident.Priority)
        {
            reasons.Add(Signal(ReasonKind.PriorityRose, $"the priority rises from {Word(incident.Priority)} to {Word(after.Priority)}"));
        }

        if (after.Components.Count > incident.Components.Count)
        {
            reasons.Add(Signal(ReasonKind.NewComponent, $"{trigger.Component} is new to the incident"));
        }

        Settle(after, trigger, record, isNew);
        return new Placed(TriggerOutcome.Joined, incident.Id, reasons);

        DecisionReason Signal(ReasonKind kind, string sentence)
        {
            draft.Signal(incident.Id, PendingSignals.Changed, PendingSignals.Resolved, sentence);
            return new DecisionReason(kind, sentence);
        }
    }

    private Placed Open(Alarm alarm, bool isBlind, Trigger trigger, string id, SubjectRecord record, Fit? nearest, IncidentState? earlier)
    {
        List<DecisionReason> reasons =
        [
            nearest is null
                ? new DecisionReason(ReasonKind.NothingNear, "no open incident has anything in common with it")
                : new DecisionReason(ReasonKind.NothingNear,
                    $"the nearest open incident, {nearest.Incident.Id}, fits with {nearest.Score.Total:0.00} only, "
                    + $"{rules.Correlation.Threshold:0.00} would be enough", IncidentId: nearest.Incident.Id, Score: nearest.Explanation),
        ];
        if (earlier is not null)
        {
            reasons.Add(new DecisionReason(ReasonKind.Follows,
                $"its earlier incident {earlier.Id} {(earlier.TakesAlarms ? "was resolved too long ago" : "is closed")}: linked", IncidentId: earlier.Id));
        }

        var state = new IncidentState
        {
            // With the earlier one in it: a state that is told for weeks may open an incident again when the first is closed.
            Id = TriggerKeys.IncidentId(draft.Scope, earlier is null ? id : $"{id}/{earlier.Id}"),
            Status = IncidentStatus.Open,
            OpenedAt = trigger.OccurredAt,
            LastEventAt = alarm.At,
            Priority = trigger.SeverityHint,
            Region = trigger.Region,
            Components = trigger.Component is { } component ? [component] : [],
            Marks = Extended([], alarm.Marks, IncidentState.MaxMarks),
            MemberCount = 1,
            FiringCount = 1,
            LinkedTo = earlier?.Id,
            IsBlind = isBlind,
        };
        draft.Open(IncidentFrom(draft.Scope, state, trigger), state);
        Settle(state, trigger, record, isNew: true);
        return new Placed(TriggerOutcome.Opened, state.Id, reasons);
    }

    public static Incident IncidentFrom(string scope, IncidentState state, Trigger first) => state.ApplyTo(new Incident
    {
        Id = state.Id,
        Scope = scope,
        Status = state.Status,
        Title = first.Title,
        OpenedAt = state.OpenedAt,
        LastEventAt = state.LastEventAt,
        First = first,
    });

    private void Settle(IncidentState incident, Trigger trigger, SubjectRecord record, bool isNew)
    {
        draft.Put(incident);
        correlator.Learn(incident);
        draft.Put(record with { IncidentId = incident.Id, FiringMember = true, Hold = null });
        draft.Put(new MemberChange(incident.Id, trigger.Subject, isNew ? trigger : null, Firing: true));
        foreach (var kin in Kin.Of(trigger).Select(draft.Subject).Where(kin => kin.ExpectedIn != incident.Id && kin.IncidentId != incident.Id))
        {
            draft.Put(kin with { ExpectedIn = incident.Id });
        }
    }

    private static IReadOnlyList<string> Extended(IReadOnlyList<string> list, IReadOnlyList<string> by, int max)
    {
        var added = by.Where(item => !list.Contains(item)).Take(Math.Max(0, max - list.Count)).ToList();
        return added.Count == 0 ? list : [.. list, .. added];
    }

    private static string Word(SeverityHint hint) => hint.ToString().ToLowerInvariant();
}

/// <summary>Where a firing went, and why.</summary>
internal sealed record Placed(TriggerOutcome Outcome, string IncidentId, IReadOnlyList<DecisionReason> Reasons);
