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
    private const int LargestPage = 1_000; // Beyond, DynamoDB's own megabyte is the page.

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
        List<Exception> failures = [];
        foreach (var one in scope is null ? (await BringUpToDateAsync(cancellationToken)).Scopes : [scope])
        {
            try
            {
                waiting.AddRange(await NotStartedOfAsync(one, max, cancellationToken));
            }
            catch (Exception e) when (scope is null && e is not OperationCanceledException)
            {
                failures.Add(e); // The others' come first; once none is left, it is told.
            }
        }

        if (waiting.Count == 0 && failures.Count > 0)
        {
            throw new AggregateException("What isn't started can't be listed in every scope.", failures);
        }

        return [.. waiting.OrderBy(incident => incident.OpenedAt).ThenBy(incident => incident.Id, StringComparer.Ordinal).Take(max)];
    }

    /// <summary>Lists a scope that can't be brought up to date as well, be nothing due in it: whoever loads it meets the reason.</summary>
    public async Task<IReadOnlyList<DueWork>> DueAsync(DateTimeOffset now, int max, CancellationToken cancellationToken)
    {
        List<(string Scope, Item Item)> subjects = [], incidents = [];
        var (scopes, behind) = await BringUpToDateAsync(cancellationToken);
        foreach (var scope in scopes.Except(behind, StringComparer.Ordinal))
        {
            subjects.AddRange(await FirstAsync(scope, TableKeys.DueSubjects(scope)));
            incidents.AddRange(await FirstAsync(scope, TableKeys.DueIncidents(scope)));
        }

        var (dueSubjects, dueIncidents) = (Earliest(subjects), Earliest(incidents));
        return [.. dueSubjects.Concat(dueIncidents).Select(due => due.Scope).Concat(behind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(scope => new DueWork(
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
        foreach (var scope in (await BringUpToDateAsync(cancellationToken)).Scopes)
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
        await BringUpToDateAsync(cancellationToken);
        List<PendingSignal> pending = [];
        List<string> raised = [];
        await foreach (var item in table.QueryIndexAsync(TableKeys.Pending, null, newestFirst: false, max, cancellationToken))
        {
            raised.Add(item["IncidentId"].S);
            if (raised.Count == max)
            {
                await LookAsync(); // What was cleared a moment ago may still be in the index, before what wasn't.
                if (pending.Count >= max)
                {
                    break;
                }
            }
        }

        await LookAsync();
        return [.. pending.Take(max)];

        async Task LookAsync()
        {
            var current = await table.GetAsync(raised.Select(TableKeys.Signal), cancellationToken);
            pending.AddRange(raised.Where(id => current.ContainsKey(TableKeys.Signal(id)))
                .Select(id => SignalItems.Read(id, current[TableKeys.Signal(id)])).Where(one => one.Signals != PendingSignals.None));
            raised.Clear();
        }
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Incident>> IncidentsAsync(IncidentStatus? status, int max, CancellationToken cancellationToken)
    {
        List<Incident> incidents = [];
        foreach (var one in max < 1 ? [] : status is { } asked ? [asked] : Enum.GetValues<IncidentStatus>())
        {
            var left = max;
            await foreach (var item in table.QueryIndexAsync(
                TableKeys.IncidentsOf(one), null, newestFirst: true, max < LargestPage ? max : null, cancellationToken))
            {
                incidents.Add(DynamoIncidentStore.Read(item));
                if (--left == 0)
                {
                    break;
                }
            }
        }

        // One that changes its status between two queries is met twice.
        return [.. incidents.DistinctBy(i => i.Id).OrderByDescending(i => i.OpenedAt).ThenByDescending(i => i.Id, StringComparer.Ordinal).Take(max)];
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

    /// <returns>Every scope, and those whose last commit can't be carried out, or whose head can't be read.</returns>
    private async Task<(IReadOnlyList<string> Scopes, IReadOnlyList<string> Behind)> BringUpToDateAsync(CancellationToken cancellationToken)
    {
        var scopes = await ScopesAsync(cancellationToken);
        List<string> behind = [];
        foreach (var scope in scopes)
        {
            try
            {
                await heads.ReadAsync(scope, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                behind.Add(scope);
            }
        }

        return (scopes, behind);
    }
}
