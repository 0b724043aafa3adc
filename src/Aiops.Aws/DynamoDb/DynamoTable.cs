using System.Runtime.CompilerServices;
using Aiops.Pipeline;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Aiops.Aws.DynamoDb;

/// <summary>
/// The one table, as the stores use it: strongly consistent reads, conditional writes that answer whether they were made,
/// every page of a query, batches until nothing of them is left over.
/// </summary>
/// <remarks>
/// Throttles, time-outs and server errors, once the SDK's own retries are used up, are
/// <see cref="StoreUnavailableException"/>, by which name the workflow retries; every other error is our own mistake.
/// </remarks>
public sealed class DynamoTable(IAmazonDynamoDB client, string name, TimeProvider time, Random random)
{
    /// <summary>Items in one BatchGetItem, and in one BatchWriteItem.</summary>
    private const int MostRead = 100, MostWritten = 25;

    /// <summary>Rounds of a batch of which DynamoDB leaves something over.</summary>
    private const int MostRounds = 8;

    /// <summary>Requests of one operation that are under way at a time.</summary>
    private const int AtOnce = 16;

    private readonly Backoff backoff = new("DynamoDB", time, Jitter.From(random));

    internal TimeProvider Time => time;

    internal async Task<Item?> GetAsync(ItemKey key, CancellationToken cancellationToken)
    {
        var response = await Asked(() => client.GetItemAsync(
            new GetItemRequest { TableName = name, Key = key.ToItem(), ConsistentRead = true }, cancellationToken));
        return response.Item is { Count: > 0 } item ? item : null;
    }

    /// <summary>Those that exist.</summary>
    internal async Task<IReadOnlyDictionary<ItemKey, Item>> GetAsync(IEnumerable<ItemKey> keys, CancellationToken cancellationToken)
    {
        Dictionary<ItemKey, Item> found = [];
        await ForEachAsync(keys.Distinct().Chunk(MostRead), async (chunk, token) =>
        {
            List<Item> asked = [.. chunk.Select(key => key.ToItem())];
            for (var round = 0; asked.Count > 0; round++)
            {
                await backoff.BeforeAsync(round, MostRounds, token);
                var response = await Asked(() => client.BatchGetItemAsync(
                    new BatchGetItemRequest { RequestItems = new() { [name] = new KeysAndAttributes { Keys = asked, ConsistentRead = true } } }, token));
                lock (found)
                {
                    foreach (var item in response.Responses?.GetValueOrDefault(name) ?? [])
                    {
                        found[ItemKey.Of(item)] = item;
                    }
                }

                asked = response.UnprocessedKeys?.GetValueOrDefault(name)?.Keys ?? [];
            }
        }, cancellationToken);
        return found;
    }

    /// <summary>Writes without condition, replacing what is there; each key at most once.</summary>
    internal Task PutAllAsync(IEnumerable<Item> items, CancellationToken cancellationToken)
        => WriteAllAsync(items.Select(item => new WriteRequest(new PutRequest(item))), cancellationToken);

    internal Task DeleteAllAsync(IEnumerable<ItemKey> keys, CancellationToken cancellationToken)
        => WriteAllAsync(keys.Select(key => new WriteRequest(new DeleteRequest(key.ToItem()))), cancellationToken);

    /// <summary>False where the condition doesn't hold; nothing was written then.</summary>
    internal Task<bool> PutAsync(Item item, Condition condition, CancellationToken cancellationToken) => Unless(() => client.PutItemAsync(
        new PutItemRequest
        {
            TableName = name,
            Item = item,
            ConditionExpression = condition.Expression,
            ExpressionAttributeValues = condition.Values,
        },
        cancellationToken));

    /// <summary>False where the condition doesn't hold; nothing was written then.</summary>
    /// <param name="update">An update expression; its values stand with the condition's.</param>
    internal Task<bool> UpdateAsync(ItemKey key, string update, Condition condition, CancellationToken cancellationToken)
        => Unless(() => client.UpdateItemAsync(Update(key, update, condition), cancellationToken));

    /// <summary>The item as it is afterwards, or null where the condition doesn't hold.</summary>
    internal async Task<Item?> UpdateAndGetAsync(ItemKey key, string update, Condition condition, CancellationToken cancellationToken)
    {
        var request = Update(key, update, condition);
        request.ReturnValues = ReturnValue.ALL_NEW;
        Item? after = null;
        await Unless(async () => after = (await client.UpdateItemAsync(request, cancellationToken)).Attributes);
        return after;
    }

    internal Task<bool> DeleteAsync(ItemKey key, Condition condition, CancellationToken cancellationToken) => Unless(() => client.DeleteItemAsync(
        new DeleteItemRequest
        {
            TableName = name,
            Key = key.ToItem(),
            ConditionExpression = condition.Expression,
            ExpressionAttributeValues = condition.Values,
        },
        cancellationToken));

    /// <summary>A partition's items in the order of their sort keys, strongly consistent.</summary>
    internal IAsyncEnumerable<Item> QueryAsync(string partition, string sortPrefix, int? pageSize, CancellationToken cancellationToken)
        => PagesAsync(
            new QueryRequest
            {
                TableName = name,
                ConsistentRead = true,
                KeyConditionExpression = sortPrefix.Length == 0 ? "PK = :p" : "PK = :p AND begins_with(SK, :s)",
                ExpressionAttributeValues = Values((":p", partition), (":s", sortPrefix)),
                Limit = pageSize,
            },
            cancellationToken);

    /// <summary>The sum of a number over a partition's items, for which nothing else of them is sent.</summary>
    internal async Task<long> SumAsync(string partition, string sortPrefix, string number, CancellationToken cancellationToken)
    {
        var sum = 0L;
        await foreach (var item in PagesAsync(
            new QueryRequest
            {
                TableName = name,
                ConsistentRead = true,
                KeyConditionExpression = "PK = :p AND begins_with(SK, :s)",
                ExpressionAttributeValues = Values((":p", partition), (":s", sortPrefix)),
                ProjectionExpression = number,
            },
            cancellationToken))
        {
            sum += item.FindNumber(number);
        }

        return sum;
    }

    /// <summary>The same of the index, which follows the table with a delay: for work lists, never for a decision.</summary>
    /// <param name="until">The last sort key that is meant, or null for all.</param>
    internal IAsyncEnumerable<Item> QueryIndexAsync(
        string partition, string? until, bool newestFirst, int? pageSize, CancellationToken cancellationToken)
        => PagesAsync(
            new QueryRequest
            {
                TableName = name,
                IndexName = TableKeys.Index,
                KeyConditionExpression = until is null ? "GSI1PK = :p" : "GSI1PK = :p AND GSI1SK <= :s",
                ExpressionAttributeValues = Values((":p", partition), (":s", until ?? "")),
                ScanIndexForward = !newestFirst,
                Limit = pageSize,
            },
            cancellationToken);

    /// <summary>Reads the whole table, a megabyte a request: for housekeeping by hand.</summary>
    internal async IAsyncEnumerable<Item> ScanAsync(Condition filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ScanRequest
        {
            TableName = name,
            FilterExpression = filter.Expression,
            ExpressionAttributeValues = filter.Values,
            ProjectionExpression = "PK, SK",
        };
        do
        {
            var page = await Asked(() => client.ScanAsync(request, cancellationToken));
            foreach (var item in page.Items ?? [])
            {
                yield return item;
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <summary>Several requests at a time. The first that fails is thrown once those under way have ended.</summary>
    internal static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, Task> act, CancellationToken cancellationToken)
        => Parallel.ForEachAsync(
            items, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (item, token) => await act(item, token));

    private async IAsyncEnumerable<Item> PagesAsync(QueryRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await Asked(() => client.QueryAsync(request, cancellationToken));
            foreach (var item in page.Items ?? [])
            {
                yield return item;
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    private Task WriteAllAsync(IEnumerable<WriteRequest> writes, CancellationToken cancellationToken)
        => ForEachAsync(writes.Chunk(MostWritten), async (chunk, token) =>
        {
            List<WriteRequest> left = [.. chunk];
            for (var round = 0; left.Count > 0; round++)
            {
                await backoff.BeforeAsync(round, MostRounds, token);
                var response = await Asked(() => client.BatchWriteItemAsync(
                    new BatchWriteItemRequest { RequestItems = new() { [name] = left } }, token));
                left = response.UnprocessedItems?.GetValueOrDefault(name) ?? [];
            }
        }, cancellationToken);

    private UpdateItemRequest Update(ItemKey key, string update, Condition condition) => new()
    {
        TableName = name,
        Key = key.ToItem(),
        UpdateExpression = update,
        ConditionExpression = condition.Expression,
        ExpressionAttributeValues = condition.Values,
    };

    // A value that no expression names is an error.
    private static Item Values(params ReadOnlySpan<(string Name, string Value)> values)
    {
        Item item = [];
        foreach (var (valueName, value) in values)
        {
            if (value.Length > 0)
            {
                item[valueName] = new AttributeValue(value);
            }
        }

        return item;
    }

    private async Task<bool> Unless<T>(Func<Task<T>> write)
    {
        try
        {
            await Asked(write);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private async Task<T> Asked<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (AwsErrors.MayPass(e))
        {
            throw new StoreUnavailableException($"DynamoDB's table {name} can't answer now ({e.Message}).", e);
        }
    }
}
