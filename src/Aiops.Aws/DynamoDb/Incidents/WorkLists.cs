using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Aiops.Aws.DynamoDb.Incidents;

/// <summary>What the sweep looks for. A scope whose last commit nobody carried out is brought up to date first.</summary>
/// <remarks>
/// The index only proposes: it follows the table with a delay, so what it shows is read again from the table, and what it
/// doesn't show yet is there for the next sweep.
/// </remarks>
internal sealed class WorkLists(DynamoTable table, ScopeHeads heads)
{
    public async Task<IReadOnlyList<string>> ScopesAsync(CancellationToken cancellationToken)
    {
        List<string> scopes = [];
        await foreach (var item in table.QueryAsync(TableKeys.Scopes, "", null, cancellationToken))
        {
            scopes.Add(item["Scope"].S);
        }

        return scopes;
    }

    public async Task<IReadOnlyList<Incident>> NotStartedAsync(string? scope, int max, CancellationToken cancellationToken)
    {
        List<Incident> waiting = [];
        foreach (var one in scope is null ? await UpToDateScopesAsync(cancellationToken) : [scope])
        {
            waiting.AddRange(await NotStartedOfAsync(one, max, cancellationToken));
        }

        return [.. waiting.OrderBy(incident => incident.OpenedAt).ThenBy(incident => incident.Id, StringComparer.Ordinal).Take(max)];
    }

    public async Task<IReadOnlyList<DueWork>> DueAsync(DateTimeOffset now, int max, CancellationToken cancellationToken)
    {
        List<(string Scope, Item Item)> subjects = [], incidents = [];
        foreach (var scope in await UpToDateScopesAsync(cancellationToken))
        {
            subjects.AddRange(await FirstAsync(scope, TableKeys.DueSubjects(scope)));
            incidents.AddRange(await FirstAsync(scope, TableKeys.DueIncidents(scope)));
        }

        var (dueSubjects, dueIncidents) = (Earliest(subjects), Earliest(incidents));
        return [.. dueSubjects.Concat(dueIncidents).Select(due => due.Scope).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(scope => new DueWork(
            scope,
            [.. dueSubjects.Where(due => due.Scope == scope).Select(due => due.Item["Subject"].S)],
            [.. dueIncidents.Where(due => due.Scope == scope).Select(due => due.Item["IncidentId"].S)]))];

        async Task<List<(string, Item)>> FirstAsync(string scope, string partition)
        {
            List<(string, Item)> first = [];
            var until = $"{TableKeys.Instant(now)}#\uffff";
            await foreach (var item in table.QueryIndexAsync(partition, until, newestFirst: false, max, cancellationToken))
            {
                first.Add((scope, item));
                if (first.Count == max)
                {
                    break;
                }
            }

            return first;
        }

        List<(string Scope, Item Item)> Earliest(List<(string Scope, Item Item)> due)
            => [.. due.OrderBy(one => one.Item[TableKeys.IndexSK].S, StringComparer.Ordinal).Take(max)];
    }

    public async Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? next = null;
        foreach (var scope in await UpToDateScopesAsync(cancellationToken))
        {
            foreach (var partition in (string[])[TableKeys.DueSubjects(scope), TableKeys.DueIncidents(scope)])
            {
                await foreach (var item in table.QueryIndexAsync(partition, null, newestFirst: false, 1, cancellationToken))
                {
                    var due = TableKeys.InstantOf(item[TableKeys.IndexSK].S);
                    next = next is null || due < next ? due : next;
                    break;
                }
            }
        }

        return next;
    }

    public async Task<IReadOnlyList<PendingSignal>> PendingAsync(int max, CancellationToken cancellationToken)
    {
        await UpToDateScopesAsync(cancellationToken);
        List<string> raised = [];
        await foreach (var item in table.QueryIndexAsync(TableKeys.Pending, null, newestFirst: false, max, cancellationToken))
        {
            raised.Add(item["IncidentId"].S);
            if (raised.Count == max)
            {
                break;
            }
        }

        var current = await table.GetAsync(raised.Select(TableKeys.Signal), cancellationToken);
        return [.. raised.Where(id => current.ContainsKey(TableKeys.Signal(id)))
            .Select(id => SignalItems.Read(id, current[TableKeys.Signal(id)])).Where(pending => pending.Signals != PendingSignals.None)];
    }

    public static ItemKey StartOf(Item incident) => new(TableKeys.Starts(incident["IncidentScope"].S), incident["StartKey"].S);

    // From the table itself: a message may be deleted only once its incident's execution runs.
    private async Task<List<Incident>> NotStartedOfAsync(string scope, int max, CancellationToken cancellationToken)
    {
        List<Incident> waiting = [];
        List<Item> pointers = [];
        await foreach (var pointer in table.QueryAsync(TableKeys.Starts(scope), "", max, cancellationToken))
        {
            pointers.Add(pointer);
            if (pointers.Count == max)
            {
                await LookAsync();
                if (waiting.Count >= max)
                {
                    return waiting;
                }
            }
        }

        await LookAsync();
        return waiting;

        async Task LookAsync()
        {
            var incidents = await table.GetAsync(pointers.Select(pointer => TableKeys.Incident(pointer["IncidentId"].S)), cancellationToken);
            await table.DeleteAllAsync(incidents.Values.Where(item => item.FindFlag("ExecutionStarted")).Select(StartOf), cancellationToken);
            waiting.AddRange(incidents.Values.Where(item => !item.FindFlag("ExecutionStarted")).Select(DynamoIncidentStore.Read));
            pointers.Clear();
        }
    }

    private async Task<IReadOnlyList<string>> UpToDateScopesAsync(CancellationToken cancellationToken)
    {
        var scopes = await ScopesAsync(cancellationToken);
        foreach (var scope in scopes)
        {
            await heads.ReadAsync(scope, cancellationToken);
        }

        return scopes;
    }
}
