using System.Globalization;
using Aiops.Analysis;
using Aiops.Analysis.Telemetry;
using Aiops.Pipeline;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Aiops.Aws.Changes;

/// <summary>
/// Changes in DynamoDB: a partition an account and day, sorted by time; an event id once. They go by themselves when their
/// time is over (<c>ExpiresAt</c>).
/// </summary>
public sealed class DynamoChangeTable(IAmazonDynamoDB database, string table, TimeSpan kept) : IChangeTable
{
    private const string Sortable = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public async Task<bool> AddAsync(ChangeRecord record, CancellationToken cancellationToken)
    {
        var change = record.Change;
        try
        {
            await database.PutItemAsync(
                new PutItemRequest
                {
                    TableName = table,
                    Item = new Dictionary<string, AttributeValue>
                    {
                        ["PK"] = new(Partition(record.Account, change.At)),
                        ["SK"] = new($"{Stamp(change.At)}#{record.EventId}"),
                        ["EventId"] = new(record.EventId),
                        ["At"] = new(Stamp(change.At)),
                        ["Component"] = new(change.Component),
                        ["Kind"] = new(change.Kind.ToString()),
                        ["Summary"] = new(change.Summary),
                        ["Actor"] = new(change.Actor),
                        ["Reference"] = new(change.Reference),
                        ["ExpiresAt"] = new() { N = $"{(change.At + kept).ToUnixTimeSeconds()}" },
                    },
                    ConditionExpression = "attribute_not_exists(PK)",
                },
                cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
        catch (Exception error) when (AwsErrors.MayPass(error))
        {
            throw new StoreUnavailableException($"the table of changes: {error.Message}", error);
        }
    }

    public async Task<IReadOnlyList<ChangeRecord>> WithinAsync(
        string account, TimeWindow window, int most, CancellationToken cancellationToken)
    {
        List<ChangeRecord> found = [];
        try
        {
            var first = window.Start.UtcDateTime.Date;
            for (var day = window.End.UtcDateTime.Date; day >= first && found.Count < most; day = day.AddDays(-1))
            {
                await AddDayAsync(account, new DateTimeOffset(day, TimeSpan.Zero), window, most, found, cancellationToken);
            }
        }
        catch (Exception error) when (AwsErrors.MayPass(error))
        {
            throw new StoreUnavailableException($"the table of changes: {error.Message}", error);
        }

        found.Reverse();
        return found;
    }

    // Newest first, so that a limit keeps what lies nearest to the incident.
    private async Task AddDayAsync(
        string account, DateTimeOffset day, TimeWindow window, int most, List<ChangeRecord> found, CancellationToken token)
    {
        Dictionary<string, AttributeValue>? next = null;
        do
        {
            var page = await database.QueryAsync(
                new QueryRequest
                {
                    TableName = table,
                    KeyConditionExpression = "PK = :pk AND SK BETWEEN :from AND :to",
                    ExpressionAttributeValues = new Dictionary<string, AttributeValue>
                    {
                        [":pk"] = new(Partition(account, day)),
                        [":from"] = new(Stamp(window.Start)),
                        [":to"] = new(Stamp(window.End)), // Half-open: a stamp with its "#" and event id sorts after.
                    },
                    ScanIndexForward = false,
                    Limit = most - found.Count,
                    ExclusiveStartKey = next,
                },
                token);
            found.AddRange((page.Items ?? []).Select(item => Read(item, account)));
            next = page.LastEvaluatedKey is { Count: > 0 } key ? key : null;
        }
        while (next is not null && found.Count < most);
    }

    private static ChangeRecord Read(Dictionary<string, AttributeValue> item, string account) => new(
        item["EventId"].S,
        account,
        new Change(
            DateTimeOffset.ParseExact(item["At"].S, Sortable, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            item["Component"].S,
            Enum.TryParse<ChangeKind>(item["Kind"].S, out var kind) ? kind : ChangeKind.Other,
            item["Summary"].S,
            item["Actor"].S,
            item["Reference"].S));

    private static string Partition(string account, DateTimeOffset at) => $"CHANGES#{account}#{at.UtcDateTime:yyyy-MM-dd}";

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString(Sortable, CultureInfo.InvariantCulture);
}
