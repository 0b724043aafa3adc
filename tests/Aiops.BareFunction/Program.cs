using Aiops.BareFunction;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

// The least that a queue's consumer on DynamoDB can be: what a cold start costs before any of our own code.
using var dynamoDb = new AmazonDynamoDBClient();
var table = Environment.GetEnvironmentVariable("AIOPS_TABLE");

Func<SQSEvent, ILambdaContext, Task<SQSBatchResponse>> handler = async (batch, _) =>
{
    foreach (var message in batch.Records)
    {
        await dynamoDb.GetItemAsync(new GetItemRequest(table, new() { ["PK"] = new(message.MessageId), ["SK"] = new("-") }));
    }

    return new SQSBatchResponse();
};

await LambdaBootstrapBuilder.Create(handler, new SourceGeneratorLambdaJsonSerializer<BareJson>()).Build().RunAsync();
