using Aiops.Pipeline.Intake;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Aiops.Aws.DynamoDb.Incidents;

/// <summary>Decisions as people ask for them: those of a subject from the table, those of an incident from the index.</summary>
internal sealed class DecisionList(DynamoTable table, WorkLists work, int mostSearched)
{
    public async Task<IReadOnlyList<TriggerDecision>> ListAsync(DecisionFilter filter, CancellationToken cancellationToken)
    {
        var now = table.Time.GetUtcNow();
        List<(string Age, TriggerDecision Decision)> found = [];
        await foreach (var item in CandidatesAsync(filter, cancellationToken))
        {
            var decision = Packed.Read(item["Decision"], IntakeJson.Default.TriggerDecision) with { Deliveries = (int)item.FindNumber("Deliveries") };
            if (!item.IsExpired(now) && Fits(decision, filter))
            {
                found.Add((item[TableKeys.IndexSK].S, decision));
            }
        }

        return [.. found.OrderBy(one => one.Age, StringComparer.Ordinal).ThenBy(one => one.Decision.Id, StringComparer.Ordinal)
            .Take(filter.Max).Select(one => one.Decision)];
    }

    private async IAsyncEnumerable<Item> CandidatesAsync(
        DecisionFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (filter.Subject is { } subject)
        {
            foreach (var scope in await work.ScopesAsync(cancellationToken))
            {
                var partition = TableKeys.Subject(scope, subject).Partition;
                await foreach (var item in table.QueryAsync(partition, TableKeys.DecisionPrefix, null, cancellationToken))
                {
                    yield return item;
                }
            }

            yield break;
        }

        foreach (var partition in filter.IncidentId is { } id ? [TableKeys.DecisionsOf(id)] : await PartitionsAsync(cancellationToken))
        {
            await foreach (var item in table.QueryIndexAsync(partition, null, newestFirst: false, null, cancellationToken))
            {
                yield return item;
            }
        }
    }

    private async Task<IReadOnlyList<string>> PartitionsAsync(CancellationToken cancellationToken)
    {
        var scopes = await work.ScopesAsync(cancellationToken);
        var incidents = await work.IncidentsAsync(null, mostSearched, cancellationToken);
        return [.. scopes.Select(TableKeys.DecisionsOfNone), .. incidents.Select(incident => TableKeys.DecisionsOf(incident.Id))];
    }

    private static bool Fits(TriggerDecision decision, DecisionFilter filter)
        => (filter.IncidentId is null || decision.IncidentId == filter.IncidentId)
        && (filter.Subject is null || decision.Trigger.Subject == filter.Subject)
        && (filter.SourceId is null || decision.Trigger.SourceId == filter.SourceId)
        && (filter.DecisionId is null || decision.Id == filter.DecisionId)
        && (filter.Outcome is null || decision.Outcome == filter.Outcome)
        && (filter.From is null || decision.Trigger.OccurredAt >= filter.From)
        && (filter.To is null || decision.Trigger.OccurredAt < filter.To);
}
