using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Pipeline.Intake.Deciding;

/// <summary>What a person (or the end of a workflow) does to incidents, as pure functions of a scope's snapshot.</summary>
public static class IncidentEdits
{
    /// <summary>Notes that one incident follows another. Nothing moves: each keeps its members and takes its own alarms.</summary>
    public static IncidentEdit Link(ScopeSnapshot snapshot, string incidentId, string to)
    {
        if (Find(snapshot, incidentId) is not { } incident)
        {
            return Missing(incidentId);
        }

        if (incidentId == to || Find(snapshot, to) is not { } target)
        {
            return incidentId == to ? new IncidentEdit.Refused("an incident can't follow itself") : Missing(to);
        }

        // Two that follow each other would send whoever reads them in a circle; longer circles show themselves.
        return target.LinkedTo == incidentId
            ? new IncidentEdit.Refused($"{to} follows {incidentId} already")
            : Done(snapshot, incident with { LinkedTo = to });
    }

    /// <summary>
    /// Moves members into a new incident that follows the old one and is analysed on its own. Their further alarms go with
    /// them; the priority of the old one stays, for it is never lowered.
    /// </summary>
    /// <param name="members">All members of the incident, and the snapshot holds the records of the subjects to move.</param>
    public static IncidentEdit Split(
        ScopeSnapshot snapshot, string incidentId, IReadOnlyList<string> subjects, IReadOnlyList<IncidentMember> members)
    {
        if (Find(snapshot, incidentId) is not { } incident)
        {
            return Missing(incidentId);
        }

        var moved = members.Where(member => subjects.Contains(member.Subject)).ToList();
        if (subjects.FirstOrDefault(subject => moved.TrueForAll(member => member.Subject != subject)) is { } stranger)
        {
            return new IncidentEdit.Refused($"{stranger} is no member of {incidentId}");
        }

        if (!incident.TakesAlarms || moved.Count == 0 || moved.Count == members.Count)
        {
            return new IncidentEdit.Refused(!incident.TakesAlarms ? $"{incidentId} is closed"
                : moved.Count == 0 ? "name the members that are to move" : "one member at least has to stay");
        }

        var rest = members.Except(moved).ToList();
        var firing = moved.Count(member => member.Firing);
        var kept = incident with
        {
            MemberCount = incident.MemberCount - moved.Count,
            FiringCount = incident.FiringCount - firing,
            Components = [.. incident.Components.Where(c => rest.Exists(member => member.Trigger.Component == c))],
            Marks = MarksOf(rest),
        };
        if (incident.Status == IncidentStatus.Open && kept.FiringCount == 0)
        {
            return new IncidentEdit.Refused($"one firing member at least has to stay with {incidentId}");
        }

        var first = moved[0].Trigger;
        var split = incident with
        {
            Id = TriggerKeys.IncidentId(snapshot.Scope, string.Join('/', (string[])["split", incidentId, .. moved.Select(m => m.Subject).Order(StringComparer.Ordinal)])),
            Status = firing > 0 ? IncidentStatus.Open : incident.Status,
            OpenedAt = moved.Min(member => member.Trigger.OccurredAt),
            Priority = moved.Max(member => member.Trigger.SeverityHint),
            Region = first.Region,
            Components = [.. moved.Select(member => member.Trigger.Component).OfType<string>().Distinct().Take(IncidentState.MaxComponents)],
            Marks = MarksOf(moved),
            MemberCount = moved.Count,
            FiringCount = firing,
            LinkedTo = incidentId,
        };
        if (firing == 0)
        {
            return new IncidentEdit.Refused("none of them fires any more, so there is nothing to analyse");
        }

        if (Find(snapshot, split.Id) is not null)
        {
            return new IncidentEdit.Refused($"they were split off before, as {split.Id}");
        }

        var done = Done(snapshot, kept, split);
        return done with
        {
            Id = split.Id,
            Changes = done.Changes with
            {
                Opened = [Placement.IncidentFrom(snapshot.Scope, split, first)],
                Subjects = [.. moved.Select(member => snapshot.Subjects[member.Subject] with { IncidentId = split.Id, ExpectedIn = null })],
                Members =
                [
                    .. moved.Select(member => new MemberChange(incidentId, member.Subject, null, false, Removed: true)),
                    .. moved.Select(member => new MemberChange(split.Id, member.Subject, member.Trigger, member.Firing)),
                ],
                Signals = [new SignalChange(incidentId, PendingSignals.Changed, PendingSignals.None, $"{moved.Count} members were split off as {split.Id}")],
            },
        };
    }

    /// <summary>Takes alarms again; its workflow is told, where it still waits, and no second one is started.</summary>
    public static IncidentEdit Reopen(ScopeSnapshot snapshot, string incidentId)
    {
        if (Find(snapshot, incidentId) is not { } incident)
        {
            return Missing(incidentId);
        }

        if (incident.Status == IncidentStatus.Open)
        {
            return new IncidentEdit.Refused($"{incidentId} is open");
        }

        var done = Done(snapshot, incident with { Status = IncidentStatus.Open, ResolvedAt = null, CloseDueAt = null });
        return done with
        {
            Changes = done.Changes with
            {
                Signals = [new SignalChange(incidentId, PendingSignals.Changed, PendingSignals.Resolved, "reopened by a person")],
            },
        };
    }

    /// <summary>Its workflow ended: it takes no more alarms, whether it still fires or not. Doing it again changes nothing.</summary>
    public static IncidentEdit Close(ScopeSnapshot snapshot, string incidentId)
        => Find(snapshot, incidentId) is { } incident
            ? Done(snapshot, incident with { Status = IncidentStatus.Closed, CloseDueAt = null })
            : Missing(incidentId);

    private static IncidentEdit.Done Done(ScopeSnapshot snapshot, params IncidentState[] states) => new(states[0].Id, new ScopeChanges
    {
        Head = ScopeHead.Of(snapshot.Head.Incidents.Where(one => Array.TrueForAll(states, state => state.Id != one.Id)).Concat(states), snapshot.Head.Memory),
        States = states,
    });

    private static IncidentEdit.Refused Missing(string incidentId) => new($"there is no incident {incidentId} in this scope");

    private static IncidentState? Find(ScopeSnapshot snapshot, string id)
        => snapshot.Head.Incidents.FirstOrDefault(incident => incident.Id == id) ?? snapshot.Others.GetValueOrDefault(id);

    private static List<string> MarksOf(IEnumerable<IncidentMember> members)
        => [.. members.SelectMany(member => TriggerAlarm.MarksOf(member.Trigger)).Distinct().Take(IncidentState.MaxMarks)];
}

/// <summary>What came of an edit: a closed set.</summary>
public abstract record IncidentEdit
{
    private IncidentEdit() { }

    /// <param name="Id">The incident to look at: the new one of a split.</param>
    public sealed record Done(string Id, ScopeChanges Changes) : IncidentEdit;

    /// <param name="Reason">For people, without a full stop.</param>
    public sealed record Refused(string Reason) : IncidentEdit;
}
