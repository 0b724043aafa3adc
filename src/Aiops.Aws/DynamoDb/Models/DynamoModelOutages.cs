using Aiops.Pipeline.Reason.Models;

namespace Aiops.Aws.DynamoDb.Models;

/// <summary>Who waits for the model, in the single table: one partition, an item an incident.</summary>
/// <remarks>The list reads the whole partition, strongly consistent: a day's outage is a few hundred small items.</remarks>
public sealed class DynamoModelOutages(DynamoTable table, DynamoStoreOptions options) : IModelOutages
{
    /// <inheritdoc/>
    public Task PutAsync(ModelOutage outage, CancellationToken cancellationToken)
    {
        var item = TableKeys.ModelOutage(outage.IncidentId).ToItem();
        item["IncidentId"] = Attributes.Text(outage.IncidentId);
        item["Round"] = Attributes.Number(outage.Round);
        item["Since"] = Attributes.Exactly(outage.Since);
        item[TableKeys.ExpiresAt] = Attributes.Seconds(table.Time.GetUtcNow() + options.RecordsKept);
        return table.PutAsync(item, Condition.None, cancellationToken);
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string incidentId, CancellationToken cancellationToken)
        => table.DeleteAsync(TableKeys.ModelOutage(incidentId), Condition.None, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ModelOutage>> ListAsync(int most, CancellationToken cancellationToken)
    {
        List<ModelOutage> waiting = [];
        await foreach (var item in table.QueryAsync(TableKeys.ModelOutages, "", null, cancellationToken))
        {
            if (!item.IsExpired(table.Time.GetUtcNow()))
            {
                waiting.Add(new ModelOutage(item["IncidentId"].S, (int)item.FindNumber("Round"), item.Instant("Since")));
            }
        }

        return [.. waiting.OrderBy(outage => outage.Since).ThenBy(outage => outage.IncidentId, StringComparer.Ordinal).Take(most)];
    }
}
