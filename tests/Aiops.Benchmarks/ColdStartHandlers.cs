using System.Globalization;
using System.Text.Json.Nodes;
using Aiops.Aws.Tests.Runtime;

namespace Aiops.Benchmarks;

/// <summary>A function to start, and an event for it.</summary>
internal sealed record ColdStartHandler(string Project, string Handler, Func<int, string> Event)
{
    private const string Functions = "src/Aiops.Functions";

    /// <summary>What every other cold start is compared with: a bootstrap with a DynamoDB client, and nothing of ours.</summary>
    public static ColdStartHandler Bare { get; } = new("tests/Aiops.BareFunction", "bare", Batch);

    /// <summary>The handlers that a cold start is felt in, each with an event that makes it do its work on empty stores.</summary>
    public static IReadOnlyList<ColdStartHandler> Ours { get; } =
    [
        new(Functions, "Intake", Batch),
        new(Functions, "Sweep", _ => "{}"),
        new(Functions, "Classify", Task),
        new(Functions, "GatherContext", _ => """{"incidentId":"inc-1","source":"metrics"}"""),
        new(Functions, "FindRootCause", Task),
        new(Functions, "Recommend", Task),
        new(Functions, "Comment", Task),
        new(Functions, "Review", Task),
        new(Functions, "Learn", Task),
        new(Functions, "ReceiveEvent", _ => Http("POST", "/events")),
        new(Functions, "ListIncidents", _ => Http("GET", "/incidents")),
    ];

    private static string Task(int number) => """{"incidentId":"inc-1","executionName":"inc-1","taskToken":"token"}""";

    private static string Http(string method, string path) => $$$"""
        {"version":"2.0","routeKey":"{{{method}}} {{{path}}}","rawPath":"{{{path}}}","headers":{"content-type":"application/json"},"body":"{}",
         "requestContext":{"accountId":"123456789012","http":{"method":"{{{method}}}","path":"{{{path}}}","sourceIp":"192.0.2.1"},"timeEpoch":1773484200000},
         "isBase64Encoded":false}
        """;

    /// <summary>A batch of one alarm, another each time: a duplicate would be less work.</summary>
    private static string Batch(int number)
    {
        var alarm = File.ReadAllText(Path.Combine(Command.Root, "events", "cloudwatch", "alarm-metric.json"));
        var body = JsonNode.Parse(alarm)!;
        body["id"] = string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{number:x12}");
        return new JsonObject
        {
            ["Records"] = new JsonArray(new JsonObject
            {
                ["messageId"] = string.Create(CultureInfo.InvariantCulture, $"m-{number}"),
                ["receiptHandle"] = "r",
                ["body"] = body.ToJsonString(),
                ["attributes"] = new JsonObject
                {
                    ["ApproximateReceiveCount"] = "1",
                    ["SentTimestamp"] = "1773484200000",
                    ["ApproximateFirstReceiveTimestamp"] = "1773484200100",
                },
                ["messageAttributes"] = new JsonObject(),
                ["eventSource"] = "aws:sqs",
                ["eventSourceARN"] = "arn:aws:sqs:eu-west-1:123456789012:urgent",
                ["awsRegion"] = "eu-west-1",
            }),
        }.ToJsonString();
    }
}
