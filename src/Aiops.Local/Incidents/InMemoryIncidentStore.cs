using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Local.Incidents;

/// <summary>Incidents in memory, gone with the process: for tests, and for a look without leaving anything behind.</summary>
public sealed class InMemoryIncidentStore : IIncidentStore, IIncidents
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Scope> scopes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Row> incidents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TriggerDecision> decisions = new(StringComparer.Ordinal);
    private readonly List<string> order = [];

    public Task<ScopeSnapshot> LoadAsync(string scope, SnapshotRequest request, CancellationToken cancellationToken) => Locked(() =>
    {
        if (!scopes.TryGetValue(scope, out var state))
        {
            return ScopeSnapshot.Empty(scope);
        }

        var subjects = HeldKin.Complete(request.Subjects, state.Subjects.GetValueOrDefault);
        var named = subjects.Values.SelectMany(record => new[] { record.IncidentId, record.ExpectedIn }).OfType<string>().Concat(request.Incidents);
        var inHead = state.Head.Incidents.Select(incident => incident.Id).ToHashSet(StringComparer.Ordinal);
        return new ScopeSnapshot
        {
            Scope = scope,
            Version = state.Version,
            Head = state.Head,
            Subjects = subjects,
            Others = named.Distinct(StringComparer.Ordinal).Where(id => !inHead.Contains(id) && incidents.ContainsKey(id))
                .ToDictionary(id => id, id => incidents[id].State, StringComparer.Ordinal),
            Keys = request.Keys.Where(state.Keys.ContainsKey).Distinct(StringComparer.Ordinal)
                .ToDictionary(key => key, key => state.Keys[key].Value, StringComparer.Ordinal),
        };
    });

    public Task<bool> CommitAsync(
        string scope, long expectedVersion, ScopeChanges changes, DateTimeOffset now, CancellationToken cancellationToken) => Locked(() =>
    {
        if ((scopes.GetValueOrDefault(scope)?.Version ?? 0) != expectedVersion)
        {
            return false;
        }

        if (!scopes.TryGetValue(scope, out var state))
        {
            scopes[scope] = state = new Scope();
        }

        (state.Version, state.Head) = (expectedVersion + 1, changes.Head);
        foreach (var opened in changes.Opened)
        {
            incidents.Add(opened.Id, new Row(opened));
        }

        foreach (var one in changes.States)
        {
            incidents[one.Id].State = one;
        }

        foreach (var record in changes.Subjects)
        {
            state.Subjects[record.Subject] = record;
        }

        foreach (var member in changes.Members)
        {
            incidents[member.IncidentId].Apply(member);
        }

        foreach (var signal in changes.Signals)
        {
            incidents[signal.IncidentId].Apply(signal);
        }

        foreach (var (key, value) in changes.Keys)
        {
            state.Keys[key] = (value, now);
        }

        foreach (var decision in changes.Decisions)
        {
            if (!decisions.TryAdd(decision.Id, decision))
            {
                decisions[decision.Id] = decisions[decision.Id] with { Deliveries = decisions[decision.Id].Deliveries + 1 };
                continue;
            }

            order.Add(decision.Id);
        }

        return true;
    });

    public Task<IReadOnlyList<Incident>> ListNotStartedAsync(string? scope, int max, CancellationToken cancellationToken)
        => Locked(() => List(rows => rows.Where(row => !row.ExecutionStarted && (scope is null || row.Opened.Scope == scope))
            .OrderBy(row => row.Opened.OpenedAt).ThenBy(row => row.Opened.Id, StringComparer.Ordinal).Take(max)));

    public Task MarkExecutionStartedAsync(string incidentId, CancellationToken cancellationToken)
        => Locked(() => incidents[incidentId].ExecutionStarted = true);

    public Task<IReadOnlyList<DueWork>> ListDueAsync(DateTimeOffset now, int max, CancellationToken cancellationToken) => Locked(() =>
    {
        var subjects = Holds().Where(hold => hold.DueAt <= now).OrderBy(hold => hold.DueAt).ThenBy(hold => hold.Subject, StringComparer.Ordinal).Take(max).ToList();
        var quiet = incidents.Values.Where(row => row.State.CloseDueAt <= now).OrderBy(row => row.State.CloseDueAt).Take(max).ToList();
        return (IReadOnlyList<DueWork>)[.. subjects.Select(s => s.Scope).Concat(quiet.Select(row => row.Opened.Scope)).Distinct().Order(StringComparer.Ordinal)
            .Select(scope => new DueWork(
                scope,
                [.. subjects.Where(s => s.Scope == scope).Select(s => s.Subject)],
                [.. quiet.Where(row => row.Opened.Scope == scope).Select(row => row.Opened.Id)]))];
    });

    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) => Locked(() =>
        Holds().Select(hold => (DateTimeOffset?)hold.DueAt).Concat(incidents.Values.Select(row => row.State.CloseDueAt)).Min());

    public Task<Incident?> FindAsync(string incidentId, CancellationToken cancellationToken)
        => Locked(() => incidents.GetValueOrDefault(incidentId)?.Current);

    public async Task<Incident> GetAsync(string id, CancellationToken cancellationToken)
        => await FindAsync(id, cancellationToken) ?? throw new KeyNotFoundException($"There is no incident {id}.");

    public Task<IReadOnlyList<Incident>> ListAsync(IncidentStatus? status, int max, CancellationToken cancellationToken)
        => Locked(() => List(rows => rows.Where(row => status is null || row.State.Status == status)
            .OrderByDescending(row => row.State.OpenedAt).ThenByDescending(row => row.Opened.Id, StringComparer.Ordinal).Take(max)));

    public Task<IReadOnlyList<IncidentMember>> ListMembersAsync(string incidentId, CancellationToken cancellationToken)
        => Locked(() => incidents.TryGetValue(incidentId, out var row)
            ? (IReadOnlyList<IncidentMember>)[.. row.Members.Values.OrderBy(m => m.Trigger.OccurredAt).ThenBy(m => m.Subject, StringComparer.Ordinal)]
            : []);

    public async Task<IReadOnlyList<Trigger>> MembersAsync(string id, CancellationToken cancellationToken)
        => [.. (await ListMembersAsync(id, cancellationToken)).Select(member => member.Trigger)];

    public Task<IReadOnlyList<TriggerDecision>> ListDecisionsAsync(DecisionFilter filter, CancellationToken cancellationToken)
        => Locked(() => (IReadOnlyList<TriggerDecision>)[.. order.Select(id => decisions[id]).Where(decision =>
            (filter.IncidentId is null || decision.IncidentId == filter.IncidentId)
            && (filter.Subject is null || decision.Trigger.Subject == filter.Subject)
            && (filter.SourceId is null || decision.Trigger.SourceId == filter.SourceId)
            && (filter.DecisionId is null || decision.Id == filter.DecisionId)
            && (filter.Outcome is null || decision.Outcome == filter.Outcome)
            && (filter.From is null || decision.Trigger.OccurredAt >= filter.From)
            && (filter.To is null || decision.Trigger.OccurredAt < filter.To)).Take(filter.Max)]);

    public Task<IReadOnlyList<PendingSignal>> ListPendingAsync(int max, CancellationToken cancellationToken)
        => Locked(() => (IReadOnlyList<PendingSignal>)[.. incidents.Values.Where(row => row.Pending.Signals != PendingSignals.None)
            .OrderBy(row => row.Opened.OpenedAt).ThenBy(row => row.Opened.Id, StringComparer.Ordinal).Take(max).Select(row => row.Pending)]);

    public Task ClearPendingAsync(PendingSignal delivered, CancellationToken cancellationToken) => Locked(() =>
    {
        var row = incidents[delivered.IncidentId];
        if (row.Pending.Revision == delivered.Revision)
        {
            row.Pending = row.Pending with { Signals = PendingSignals.None, Reason = null };
        }

        return true;
    });

    public Task<int> PurgeAsync(DateTimeOffset now, DateTimeOffset recordsBefore, CancellationToken cancellationToken) => Locked(() =>
    {
        var purged = order.RemoveAll(id => decisions[id].DecidedAt < recordsBefore && decisions.Remove(id));
        foreach (var scope in scopes.Values)
        {
            foreach (var key in scope.Keys.Where(key => key.Value.At < now - TriggerKeys.Lifetime).Select(key => key.Key).ToList())
            {
                purged += scope.Keys.Remove(key) ? 1 : 0;
            }

            foreach (var idle in scope.Subjects.Values.Where(s => s is { Firing: false, Hold: null } && s.StateAt < recordsBefore).ToList())
            {
                purged += scope.Subjects.Remove(idle.Subject) ? 1 : 0;
            }
        }

        return purged;
    });

    private IEnumerable<(string Scope, string Subject, DateTimeOffset DueAt)> Holds() => scopes.SelectMany(scope => scope.Value.Subjects.Values
        .Where(record => record.Hold is not null).Select(record => (scope.Key, record.Subject, record.Hold!.DueAt)));

    private IReadOnlyList<Incident> List(Func<IEnumerable<Row>, IEnumerable<Row>> choose) => [.. choose(incidents.Values).Select(row => row.Current)];

    private Task<T> Locked<T>(Func<T> act)
    {
        lock (gate)
        {
            return Task.FromResult(act());
        }
    }

    private sealed class Scope
    {
        public long Version { get; set; }

        public ScopeHead Head { get; set; } = ScopeHead.Empty;

        public Dictionary<string, SubjectRecord> Subjects { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, (string Value, DateTimeOffset At)> Keys { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Row(Incident opened)
    {
        public Incident Opened { get; } = opened;

        public IncidentState State { get; set; } = null!; // A new incident's state comes with the same commit.

        public bool ExecutionStarted { get; set; }

        public PendingSignal Pending { get; set; } = new(opened.Id, PendingSignals.None, null, 0);

        public Dictionary<string, IncidentMember> Members { get; } = new(StringComparer.Ordinal);

        public Incident Current => State.ApplyTo(Opened) with { ExecutionStarted = ExecutionStarted };

        public void Apply(MemberChange change)
        {
            if (change.Removed)
            {
                Members.Remove(change.Subject);
            }
            else if ((change.Trigger ?? Members.GetValueOrDefault(change.Subject)?.Trigger) is { } trigger)
            {
                Members[change.Subject] = new IncidentMember(Opened.Id, change.Subject, trigger, change.Firing);
            }
        }

        public void Apply(SignalChange change)
        {
            var signals = (Pending.Signals & ~change.Withdraw) | change.Raise;
            Pending = new PendingSignal(Opened.Id, signals, change.Reason ?? Pending.Reason, Pending.Revision + 1);
        }
    }
}
