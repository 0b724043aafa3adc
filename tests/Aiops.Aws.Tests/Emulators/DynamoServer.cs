using Aiops.Aws.DynamoDb;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Aiops.Aws.Tests.Emulators;

/// <summary>DynamoDB as dynalite speaks it, for the tests of one class; a table for each that asks.</summary>
public sealed class DynamoServer() : Emulator("dynalite")
{
    private int tables;

    /// <summary>A client of its own, as another process has one.</summary>
    public AmazonDynamoDBClient NewClient(Func<HttpMessageHandler>? faults = null)
    {
        AmazonDynamoDBConfig config = new() { ServiceURL = Url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 1 };
        if (faults is not null)
        {
            config.HttpClientFactory = new HandlerFactory(faults);
        }

        return new AmazonDynamoDBClient(new BasicAWSCredentials("test", "test"), config);
    }

    /// <summary>An empty table as the stack deploys it.</summary>
    public async Task<string> NewTableAsync()
    {
        var name = $"aiops-{Interlocked.Increment(ref tables)}";
        using var client = NewClient();
        await client.CreateTableAsync(new CreateTableRequest
        {
            TableName = name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = [new("PK", KeyType.HASH), new("SK", KeyType.RANGE)],
            AttributeDefinitions = [.. new[] { "PK", "SK", "GSI1PK", "GSI1SK" }.Select(key => new AttributeDefinition(key, ScalarAttributeType.S))],
            GlobalSecondaryIndexes =
            [
                new GlobalSecondaryIndex
                {
                    IndexName = "GSI1",
                    KeySchema = [new("GSI1PK", KeyType.HASH), new("GSI1SK", KeyType.RANGE)],
                    Projection = new Projection { ProjectionType = ProjectionType.ALL },
                },
            ],
        });
        while ((await client.DescribeTableAsync(name)).Table.TableStatus != TableStatus.ACTIVE)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, default);
        }

        return name;
    }

    public DynamoTable Open(string table, TimeProvider time, Func<HttpMessageHandler>? faults = null) => new(NewClient(faults), table, time, new Random(1));
}
