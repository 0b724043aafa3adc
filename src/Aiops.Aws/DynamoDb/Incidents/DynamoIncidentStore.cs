using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Aiops.Aws.DynamoDb.Incidents;

/// <summary>Incidents in the single table; any number of processes may write. README.md says how a commit is made of small writes.</summary>
public sealed class DynamoIncidentStore : IIncidentStore, IIncidents
{
    private readonly DynamoTable table;
    private readonly ScopeHeads heads;
    private readonly ScopeReader reader;
    private readonly DecisionList decisions;
    private readonly WorkLists work;

    public DynamoIncidentStore(DynamoTable table, DynamoStoreOptions options)
    {
        this.table = table;
        heads = new ScopeHeads(table, new CommitWriter(table, options.RecordsKept), options.HelpAfter);
        reader = new ScopeReader(table, heads);
        work = new WorkLists(table, heads);
        decisions = new DecisionList(table, work, options.MostSearched);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreUnavailableException">Throttled or unreachable.</exception>
    public Task<ScopeSnapshot> LoadAsync(string scope, SnapshotRequest request, CancellationToken cancellationToken)
        => reader.ReadAsync(scope, request, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Where it throws, the commit may have been made all the same: whoever loads the scope next finishes it.</remarks>
    public Task<bool> CommitAsync(
        string scope, long expectedVersion, ScopeChanges changes, DateTimeOffset now, CancellationToken cancellationToken)
        => heads.CommitAsync(scope, expectedVersion, changes.Head, CommitNote.Of(changes, now), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Incident>> ListNotStartedAsync(string? scope, int max, CancellationToken cancellationToken)
        => work.NotStartedAsync(scope, max, cancellationToken);

    /// <inheritdoc/>
    public async Task MarkExecutionStartedAsync(string incidentId, CancellationToken cancellationToken)
    {
        var item = await table.UpdateAndGetAsync(
            TableKeys.Incident(incidentId), "SET ExecutionStarted = :yes", Condition.Of("attribute_exists(PK)", (":yes", Attributes.Flag(true))), cancellationToken);
        if (item is not null)
        {
            await table.DeleteAllAsync([WorkLists.StartOf(item)], cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DueWork>> ListDueAsync(DateTimeOffset now, int max, CancellationToken cancellationToken)
        => work.DueAsync(now, max, cancellationToken);

    /// <inheritdoc/>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) => work.NextDueAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<Incident?> FindAsync(string incidentId, CancellationToken cancellationToken)
        => await table.GetAsync(TableKeys.Incident(incidentId), cancellationToken) is { } item ? Read(item) : null;

    /// <inheritdoc/>
    public async Task<Incident> GetAsync(string id, CancellationToken cancellationToken)
        => await FindAsync(id, cancellationToken) ?? throw new KeyNotFoundException($"There is no incident {id}.");

    /// <inheritdoc/>
    /// <remarks>From the index, so what was committed a moment ago may not be there yet.</remarks>
    public Task<IReadOnlyList<Incident>> ListAsync(IncidentStatus? status, int max, CancellationToken cancellationToken)
        => work.IncidentsAsync(status, max, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IncidentMember>> ListMembersAsync(string incidentId, CancellationToken cancellationToken)
    {
        List<IncidentMember> members = [];
        await foreach (var item in table.QueryAsync(TableKeys.Incident(incidentId).Partition, TableKeys.MemberPrefix, null, cancellationToken))
        {
            if (!item.FindFlag("Removed"))
            {
                members.Add(new IncidentMember(
                    incidentId, item["Subject"].S, Packed.Read(item["MemberTrigger"], IntakeJson.Default.Trigger), item.FindFlag("Firing")));
            }
        }

        return [.. members.OrderBy(member => member.Trigger.OccurredAt).ThenBy(member => member.Subject, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Trigger>> MembersAsync(string id, CancellationToken cancellationToken)
        => [.. (await ListMembersAsync(id, cancellationToken)).Select(member => member.Trigger)];

    /// <inheritdoc/>
    /// <remarks>
    /// By subject or incident, a query of what is asked for. By anything else alone, a query of each of the newest incidents
    /// (<see cref="DynamoStoreOptions.MostSearched"/>) and of what joined none: older ones are found by subject or incident.
    /// </remarks>
    public Task<IReadOnlyList<TriggerDecision>> ListDecisionsAsync(DecisionFilter filter, CancellationToken cancellationToken)
        => decisions.ListAsync(filter, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PendingSignal>> ListPendingAsync(int max, CancellationToken cancellationToken)
        => work.PendingAsync(max, cancellationToken);

    /// <inheritdoc/>
    public Task ClearPendingAsync(PendingSignal delivered, CancellationToken cancellationToken) => table.UpdateAsync(
        TableKeys.Signal(delivered.IncidentId),
        "SET Signals = :none REMOVE Reason, GSI1PK, GSI1SK",
        Condition.Of("Revision = :revision", (":none", Attributes.Number(0)), (":revision", Attributes.Number(delivered.Revision))),
        cancellationToken);

    /// <inheritdoc/>
    /// <remarks>DynamoDB's TTL does this by itself; here it reads the whole table, for whoever wants it done at once.</remarks>
    public async Task<int> PurgeAsync(DateTimeOffset now, DateTimeOffset recordsBefore, CancellationToken cancellationToken)
    {
        var old = Condition.Of(
            "NotedAt < :keys OR DecidedAt < :records OR IdleSince < :records",
            (":keys", Attributes.Exactly(now - TriggerKeys.Lifetime)),
            (":records", Attributes.Exactly(recordsBefore)));
        List<ItemKey> purged = [];
        await foreach (var item in table.ScanAsync(old, cancellationToken))
        {
            purged.Add(ItemKey.Of(item));
        }

        await table.DeleteAllAsync(purged, cancellationToken);
        return purged.Count;
    }

    internal static Incident Read(Item item)
        => Packed.Read(item["IncidentState"], IntakeJson.Default.IncidentState).ApplyTo(Packed.Read(item["Opened"], IntakeJson.Default.Incident)) with
        {
            ExecutionStarted = item.FindFlag("ExecutionStarted"),
        };
}
