using Aiops.Analysis.Storms;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Pipeline.Intake.Deciding;

/// <summary>A snapshot with the changes made to it so far.</summary>
internal sealed class ScopeDraft
{
    private readonly ScopeSnapshot snapshot;
    private readonly Dictionary<string, IncidentState> incidents;
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SubjectRecord> subjects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> keys = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Incident, string Subject), MemberChange> members = [];
    private readonly Dictionary<string, SignalChange> signals = new(StringComparer.Ordinal);
    private readonly List<Incident> opened = [];

    public ScopeDraft(ScopeSnapshot snapshot)
    {
        this.snapshot = snapshot;
        incidents = snapshot.Head.Incidents.Concat(snapshot.Others.Values).ToDictionary(i => i.Id, StringComparer.Ordinal);
    }

    public string Scope => snapshot.Scope;

    public List<TriggerDecision> Decisions { get; } = [];

    /// <summary>Gives what grouping has learned; null where nothing fired.</summary>
    public Func<AlarmMemory>? Memory { get; set; }

    public IncidentState? Incident(string? id) => id is null ? null : incidents.GetValueOrDefault(id);

    public SubjectRecord Subject(string subject)
        => subjects.GetValueOrDefault(subject) ?? snapshot.Subjects.GetValueOrDefault(subject) ?? new SubjectRecord { Subject = subject };

    public string? Key(string key) => keys.GetValueOrDefault(key) ?? snapshot.Keys.GetValueOrDefault(key);

    public void Note(string key, string value) => keys[key] = value;

    /// <summary>Keys live from their last use: some senders repeat a state for as long as it lasts.</summary>
    public void Renew(IEnumerable<string> known)
    {
        foreach (var key in known)
        {
            if (Key(key) is { } value)
            {
                Note(key, value);
            }
        }
    }

    public void Put(SubjectRecord record) => subjects[record.Subject] = record;

    public void Put(IncidentState incident)
    {
        incidents[incident.Id] = incident;
        changed.Add(incident.Id);
    }

    public void Open(Incident incident, IncidentState state)
    {
        opened.Add(incident);
        Put(state);
    }

    public void Put(MemberChange member)
    {
        var earlier = members.GetValueOrDefault((member.IncidentId, member.Subject))?.Trigger;
        members[(member.IncidentId, member.Subject)] = member with { Trigger = member.Trigger ?? earlier };
    }

    /// <summary>A withdrawal takes back what was raised before; what is raised afterwards stands.</summary>
    public void Signal(string incidentId, PendingSignals raise, PendingSignals withdraw, string reason)
    {
        var earlier = signals.GetValueOrDefault(incidentId);
        signals[incidentId] = new SignalChange(
            incidentId,
            ((earlier?.Raise ?? PendingSignals.None) & ~withdraw) | raise,
            ((earlier?.Withdraw ?? PendingSignals.None) | withdraw) & ~raise,
            raise == PendingSignals.None ? earlier?.Reason : reason);
    }

    public ScopeChanges ToChanges()
    {
        // Those of the head, and those that changed: a crowded-out incident comes back when something happens to it.
        var inHead = snapshot.Head.Incidents.Select(i => i.Id).Concat(changed).Distinct(StringComparer.Ordinal);
        var memory = Memory?.Invoke() ?? snapshot.Head.Memory;
        return new ScopeChanges
        {
            Head = changed.Count == 0 ? snapshot.Head : ScopeHead.Of(inHead.Select(id => incidents[id]), memory),
            Opened = opened,
            States = [.. changed.Select(id => incidents[id])],
            Subjects = [.. subjects.Values],
            Members = [.. members.Values],
            Signals = [.. signals.Values],
            Keys = keys,
            Decisions = Decisions,
        };
    }
}
