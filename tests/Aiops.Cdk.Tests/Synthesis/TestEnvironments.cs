namespace Aiops.Cdk.Tests.Synthesis;

internal static class TestEnvironments
{
    public const string Boundary = "OurBoundary";
    public const string UrgentTopic = "arn:aws:sns:eu-west-1:111122223333:pages";
    public const string RoutineTopic = "arn:aws:sns:eu-west-1:111122223333:tickets";

    public static object[] All { get; } =
    [
        new Dictionary<string, object>
        {
            ["name"] = "full",
            ["account"] = "111122223333",
            ["region"] = "eu-west-1",
            ["guardDuty"] = true,
            ["knowledgeBase"] = true,
            ["logGroups"] = new[] { "/aws/lambda/checkout", "/ecs/shop*" },
            ["watchedServices"] = new[] { "checkout" },
            ["urgentTopics"] = new[] { UrgentTopic },
            ["routineTopics"] = new[] { RoutineTopic },
            ["alarmEmail"] = "oncall@example.com",
            ["urgentConcurrency"] = 20,
            ["routineConcurrency"] = 4,
        },
        new Dictionary<string, object> { ["name"] = "least" },
        new Dictionary<string, object>
        {
            ["name"] = "prod",
            ["account"] = "444455556666",
            ["region"] = "us-east-1",
            ["prefix"] = "other",
            ["ownAlarmPrefix"] = "ops.aiops-",
            ["permissionBoundary"] = Boundary,
            ["jwtIssuer"] = "https://id.example.com/tenant",
            ["jwtAudience"] = "aiops",
            ["alarmTopicArn"] = "arn:aws:sns:us-east-1:444455556666:operations",
            ["retainData"] = false,
            ["reserveConcurrency"] = false,
        },
    ];
}
