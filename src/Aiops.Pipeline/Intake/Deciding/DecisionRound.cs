using Aiops.Analysis.Storms;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Pipeline.Intake.Deciding;

/// <summary>Takes triggers one after another, each against what the ones before it left. README.md tells the rules in prose.</summary>
internal sealed class DecisionRound
{
    private readonly DateTimeOffset now;
    private readonly IntakeRules rules;
    private readonly ScopeDraft draft;
    private readonly Placement placement;

    public DecisionRound(ScopeSnapshot snapshot, DateTimeOffset now, IntakeRules rules, GraphReach reach)
    {
        this.now = now;
        this.rules = rules;
        draft = new ScopeDraft(snapshot);
        placement = new Placement(draft, new Correlator(reach, rules, draft, snapshot.Head), rules);
    }

    public IntakeDecision Finish() => new(draft.ToChanges(), [.. draft.Decisions]);

    public void Take(Trigger trigger)
    {
        var keys = TriggerKeys.Of(trigger);
        if (Recognise(trigger, keys, out var sharedId) is { } known)
        {
            draft.Renew(keys.All);
            Decide(trigger, keys.Identity, TriggerOutcome.Duplicate, draft.Subject(trigger.Subject).IncidentId, [known]);
            return;
        }

        Remember(trigger, keys);
        IReadOnlyList<DecisionReason> aside = sharedId is null ? [] : [sharedId];
        var record = draft.Subject(trigger.Subject);
        switch (trigger.Condition)
        {
            case TriggerCondition.Informational:
                Ignore(trigger, keys, ReasonKind.Informational, $"{trigger.State} tells of no fault; kept as evidence of a change", aside);
                break;
            case TriggerCondition.Unknown:
                draft.Put(WithState(record, trigger));
                Ignore(trigger, keys, ReasonKind.UnknownState, $"{trigger.State} says neither that it is wrong nor that it is right", aside);
                break;
            case var condition when IsLate(record, trigger):
                Ignore(trigger, keys, ReasonKind.Late,
                    $"{trigger.State} of {Sentences.Of(trigger.StateTime())} is older than what was last seen of it ({record.State} of "
                    + $"{Sentences.Of(record.DecidedAt!.Value)})", aside);
                break;
            case TriggerCondition.Resolved:
                End(trigger, keys, record, aside);
                break;
            default:
                Fire(trigger, keys, record, aside);
                break;
        }
    }

    /// <summary>A hold that is due: its firing counts now, unless another window covers it.</summary>
    public void TakeUp(SubjectRecord record)
    {
        var hold = record.Hold!;
        var id = $"{TriggerKeys.Of(hold.Trigger).Identity}+{hold.Round + 1}";
        if (hold.Kind == HoldKind.Suppressed && rules.Maintenance.Find(draft.Scope, hold.Trigger, hold.EndsAt) is { } next)
        {
            Suppress(hold.Trigger, id, record, next, hold.EndsAt, hold.Round + 1, []);
            return;
        }

        // Flapping: as of when it fired. Suppressed: as of the end of that, for only then does it disturb.
        var at = hold.Kind == HoldKind.Suppressed ? Later(hold.EndsAt, hold.Trigger.StateTime()) : hold.Trigger.StateTime();
        var reason = hold.Kind == HoldKind.Suppressed
            ? new DecisionReason(ReasonKind.SuppressionEnded, $"what suppressed it ended {Sentences.Of(hold.EndsAt)} and it still fires", hold.Rule)
            : new DecisionReason(ReasonKind.Flapping, "it did not end by itself while it was held, as it had before", hold.Rule);
        Place(hold.Trigger, id, record with { Hold = null }, at, [reason]);
    }

    public void CloseIfDue(string incidentId)
    {
        if (draft.Incident(incidentId) is { Status: IncidentStatus.Resolved, CloseDueAt: { } due } incident && due <= now)
        {
            draft.Put(incident with { Status = IncidentStatus.Closed, CloseDueAt = null });
        }
    }

    /// <summary>The reason why it is a duplicate, or null; and what is to be said where only the message's id is known.</summary>
    private DecisionReason? Recognise(Trigger trigger, TriggerKeys keys, out DecisionReason? sharedId)
    {
        sharedId = null;
        var message = draft.Key(keys.Message);
        if (message == trigger.Subject || draft.Key(keys.MessageAndSubject) is not null)
        {
            return new DecisionReason(ReasonKind.SameMessage, $"this message ({trigger.SourceId}) came before");
        }

        if (draft.Key(keys.StateChange) is { } firstId)
        {
            return new DecisionReason(ReasonKind.SameState,
                $"this state of it ({trigger.State} since {Sentences.Of(trigger.OccurredAt)}) came before as message {firstId}");
        }

        if (message is not null)
        {
            sharedId = new DecisionReason(ReasonKind.SharedMessageId,
                $"its message id came before about another subject ({message}): not a duplicate");
        }

        return null;
    }

    private void Remember(Trigger trigger, TriggerKeys keys)
    {
        if (draft.Key(keys.Message) is null)
        {
            draft.Note(keys.Message, trigger.Subject);
        }
        else
        {
            draft.Note(keys.MessageAndSubject, "");
        }

        draft.Note(keys.StateChange, trigger.SourceId);
    }

    // At one instant an end wins: nothing ends before it began. An unknown state settles nothing, so it makes nothing late.
    private static bool IsLate(SubjectRecord record, Trigger trigger)
        => record.DecidedAt is { } last
        && (trigger.StateTime() < last
            || (trigger.StateTime() == last && trigger.Condition == TriggerCondition.Firing && !record.Firing));

    private void Fire(Trigger trigger, TriggerKeys keys, SubjectRecord before, IReadOnlyList<DecisionReason> aside)
    {
        var at = trigger.StateTime();
        var record = WithState(before, trigger) with
        {
            DecidedAt = at,
            Firing = true,
            FiringSince = before.Firing ? before.FiringSince : at,
        };
        if (trigger.SuppressedBy is { } sendersOwn)
        {
            Suppress(trigger, keys.Identity, record, sendersOwn, at, 0, aside);
        }
        else if (rules.Maintenance.Find(draft.Scope, trigger, at) is { } window)
        {
            Suppress(trigger, keys.Identity, record, window, at, 0, aside);
        }
        else if (FlapsOf(record, at) is var flaps && flaps >= rules.FlapCycles && !record.FiringMember)
        {
            HoldBack(trigger, keys, record, flaps, aside);
        }
        else
        {
            Place(trigger, keys.Identity, record with { Hold = null }, at, aside);
        }
    }

    private void Place(Trigger trigger, string id, SubjectRecord record, DateTimeOffset at, IReadOnlyList<DecisionReason> aside)
    {
        var placed = placement.Place(trigger, id, record, at);
        Decide(trigger, id, placed.Outcome, placed.IncidentId, [.. placed.Reasons, .. aside]);
    }

    private void HoldBack(Trigger trigger, TriggerKeys keys, SubjectRecord record, int flaps, IReadOnlyList<DecisionReason> aside)
    {
        // A second firing doesn't prolong the hold.
        var due = record.Hold is { Kind: HoldKind.Flapping } held ? held.DueAt : now + rules.FlapHold;
        var rule = $"flapping: {flaps} quick cycles in {Sentences.Of(rules.FlapWindow)}";
        draft.Put(record with { Hold = new Hold(HoldKind.Flapping, trigger, rule, due, trigger.StateTime() + rules.FlapHold) });
        Decide(trigger, keys.Identity, TriggerOutcome.Held, null,
        [
            new DecisionReason(ReasonKind.Flapping,
                $"it fired and ended by itself within {Sentences.Of(rules.QuickCycle)} {flaps} times in the last {Sentences.Of(rules.FlapWindow)}: "
                + $"held until {Sentences.Of(due)}", rule),
            .. aside,
        ], due);
    }

    private void Suppress(
        Trigger trigger, string id, SubjectRecord record, Suppression by, DateTimeOffset at, int round, IReadOnlyList<DecisionReason> aside)
    {
        var ends = by.Until ?? Later(at, now) + rules.OpenEndedSuppression;
        draft.Put(record with { Hold = new Hold(HoldKind.Suppressed, trigger, by.Rule, ends, ends, round) });
        Decide(trigger, id, TriggerOutcome.Suppressed, null,
        [
            new DecisionReason(ReasonKind.Suppression,
                $"suppressed by {by.Rule}: {by.Reason}; raised again {Sentences.Of(ends)} if it still fires"
                + (by.Until is null ? " (the sender doesn't say when it ends)" : ""), by.Rule),
            .. aside,
        ], ends);
    }

    private void End(Trigger trigger, TriggerKeys keys, SubjectRecord before, IReadOnlyList<DecisionReason> aside)
    {
        var at = trigger.StateTime();
        var quick = before is { Firing: true, FiringSince: { } since } && at - since <= rules.QuickCycle;
        var record = WithState(before, trigger) with
        {
            DecidedAt = at,
            Firing = false,
            FiringSince = null,
            FiringMember = false,
            Hold = null,
            QuickCycles = [.. before.QuickCycles.Where(cycle => cycle > at - rules.FlapWindow), .. quick ? [at] : (DateTimeOffset[])[]],
        };
        List<DecisionReason> reasons = [];
        if (before.Hold is { Kind: HoldKind.Flapping })
        {
            reasons.Add(new DecisionReason(ReasonKind.Flapping,
                $"it ended by itself while it was held: flap {record.QuickCycles.Count} in {Sentences.Of(rules.FlapWindow)}, "
                + $"{rules.FlapCycles} make a history"));
        }
        else if (before.Hold is { } suppressed)
        {
            reasons.Add(new DecisionReason(ReasonKind.SuppressionEnded, "it ended before what suppressed it did", suppressed.Rule));
        }

        if (before.FiringMember && draft.Incident(before.IncidentId) is { } incident)
        {
            reasons.Add(EndMember(incident, trigger.Subject, at));
        }

        draft.Put(record);
        if (reasons.Count == 0)
        {
            Ignore(trigger, keys, ReasonKind.NothingFiring, $"{trigger.State}, and nothing of it was firing", aside);
        }
        else
        {
            Decide(trigger, keys.Identity, TriggerOutcome.Resolved, before.FiringMember ? before.IncidentId : null, [.. reasons, .. aside]);
        }
    }

    private DecisionReason EndMember(IncidentState incident, string subject, DateTimeOffset at)
    {
        draft.Put(new MemberChange(incident.Id, subject, null, Firing: false));
        var rest = incident.FiringCount - 1;
        var after = incident with { FiringCount = rest, LastEventAt = Later(incident.LastEventAt, at) };
        if (rest > 0 || incident.Status != IncidentStatus.Open)
        {
            draft.Put(after);
            placement.Learn(after);
            return new DecisionReason(ReasonKind.MemberEnded, $"it is right again; {rest} of {incident.MemberCount} members still fire");
        }

        after = after with { Status = IncidentStatus.Resolved, ResolvedAt = after.LastEventAt, CloseDueAt = now + rules.CloseAfter };
        draft.Put(after);
        placement.Learn(after);
        const string sentence = "the last firing member is right again: the incident is resolved";
        draft.Signal(incident.Id, PendingSignals.Resolved, PendingSignals.None, sentence);
        return new DecisionReason(ReasonKind.AllEnded, sentence);
    }

    private void Ignore(Trigger trigger, TriggerKeys keys, ReasonKind kind, string sentence, IReadOnlyList<DecisionReason> aside)
        => Decide(trigger, keys.Identity, TriggerOutcome.Ignored, null, [new DecisionReason(kind, sentence), .. aside]);

    private void Decide(
        Trigger trigger, string id, TriggerOutcome outcome, string? incidentId, IReadOnlyList<DecisionReason> reasons, DateTimeOffset? due = null)
        => draft.Decisions.Add(new TriggerDecision
        {
            Id = id,
            Scope = draft.Scope,
            Outcome = outcome,
            Trigger = trigger,
            IncidentId = incidentId,
            Reasons = reasons,
            DecidedAt = now,
            DueAt = due,
        });

    private int FlapsOf(SubjectRecord record, DateTimeOffset at) => record.QuickCycles.Count(cycle => cycle > at - rules.FlapWindow && cycle <= at);

    private static SubjectRecord WithState(SubjectRecord record, Trigger trigger)
        => record.StateAt > trigger.StateTime() ? record : record with { State = trigger.State, StateAt = trigger.StateTime() };

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
