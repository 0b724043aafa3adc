using Aiops.Pipeline.Review;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Aiops.Aws.DynamoDb.Review;

/// <summary>The review desk in the single table: one item an incident, read and written again only if nobody did in between.</summary>
/// <remarks>An item with both a token and a signal stands in the index, where the sweep finds it.</remarks>
public sealed class DynamoReviewDesk(DynamoTable table, DynamoStoreOptions options) : IReviewDesk
{
    /// <inheritdoc/>
    public Task<PendingReview> LayDownAsync(string incidentId, string taskToken, CancellationToken cancellationToken)
        => ChangeAsync(incidentId, lying => lying with { TaskToken = taskToken }, cancellationToken);

    /// <inheritdoc/>
    public Task<PendingReview> LeaveAsync(string incidentId, ReviewSignal signal, CancellationToken cancellationToken)
        => ChangeAsync(
            incidentId, lying => lying.Signal is null || signal.Signal >= lying.Signal.Signal ? lying with { Signal = signal } : lying, cancellationToken);

    /// <inheritdoc/>
    public async Task<PendingReview?> FindAsync(string incidentId, CancellationToken cancellationToken)
        => await table.GetAsync(TableKeys.Review(incidentId), cancellationToken) is { } item
            && Read(incidentId, item) is var lying && (lying.TaskToken ?? (object?)lying.Signal) is not null
            ? lying
            : null;

    /// <inheritdoc/>
    public Task WithdrawChangedAsync(string incidentId, CancellationToken cancellationToken)
        => ChangeAsync(
            incidentId, lying => lying.Signal is { Signal: ReviewSignalKind.Changed } ? lying with { Signal = null } : lying, cancellationToken);

    /// <inheritdoc/>
    public Task ClearAsync(PendingReview delivered, CancellationToken cancellationToken)
    {
        var signal = delivered.Signal is null ? null : Text(delivered.Signal);
        return ChangeAsync(
            delivered.IncidentId,
            lying => lying with
            {
                TaskToken = lying.TaskToken == delivered.TaskToken ? null : lying.TaskToken,
                Signal = lying.Signal is not null && Text(lying.Signal) == signal ? null : lying.Signal,
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PendingReview>> DeliverableAsync(CancellationToken cancellationToken)
    {
        List<string> shown = [];
        await foreach (var item in table.QueryIndexAsync(TableKeys.Reviews, null, newestFirst: false, null, cancellationToken))
        {
            shown.Add(item[TableKeys.IndexSK].S);
        }

        // The index follows with a delay: what lies there now is in the table.
        var current = await table.GetAsync(shown.Select(TableKeys.Review), cancellationToken);
        return [.. shown.Where(id => current.ContainsKey(TableKeys.Review(id))).Select(id => Read(id, current[TableKeys.Review(id)]))
            .Where(lying => lying is { TaskToken: not null, Signal: not null })];
    }

    private async Task<PendingReview> ChangeAsync(
        string incidentId, Func<PendingReview, PendingReview> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var item = await table.GetAsync(TableKeys.Review(incidentId), cancellationToken);
            var before = item is null ? new PendingReview(incidentId, null, null) : Read(incidentId, item);
            var after = change(before);
            if (after == before || await table.PutAsync(Write(after, Revision(item) + 1), Unchanged(item), cancellationToken))
            {
                return after;
            }
        }
    }

    private Item Write(PendingReview lying, long revision)
    {
        var item = TableKeys.Review(lying.IncidentId).ToItem();
        item["Revision"] = Attributes.Number(revision);
        item[TableKeys.ExpiresAt] = Attributes.Seconds(table.Time.GetUtcNow() + options.RecordsKept);
        if (lying.TaskToken is { } token)
        {
            item["TaskToken"] = Attributes.Text(token);
        }

        if (lying.Signal is { } signal)
        {
            item["Signal"] = Packed.Attribute(signal, ReviewJson.Default.ReviewSignal);
        }

        if (lying is { TaskToken: not null, Signal: not null })
        {
            item[TableKeys.IndexPK] = Attributes.Text(TableKeys.Reviews);
            item[TableKeys.IndexSK] = Attributes.Text(lying.IncidentId);
        }

        return item;
    }

    private static PendingReview Read(string incidentId, Item item) => new(
        incidentId,
        item.FindText("TaskToken"),
        item.TryGetValue("Signal", out var signal) ? Packed.Read(signal, ReviewJson.Default.ReviewSignal) : null);

    private static long Revision(Item? item) => item?.FindNumber("Revision") ?? 0;

    private static Condition Unchanged(Item? item)
        => item is null ? Condition.Absent : Condition.Of("Revision = :revision", (":revision", item["Revision"]));

    private static string Text(ReviewSignal signal) => System.Text.Json.JsonSerializer.Serialize(signal, ReviewJson.Default.ReviewSignal);
}
