namespace Aiops.Cdk.Tests.Synthesis;

internal static class TestEnvironments
{
    public const string Boundary = "OurBoundary";
    public const string UrgentTopic = "arn:aws:sns:eu-west-1:111122223333:pages";
    public const string RoutineTopic = "arn:aws:sns:eu-west-1:777788889999:tickets";

    public const string Organisation = "o-a1b2c3d4e5";
    public const string Hub = "999900001111";

    public static object OfOrganisation { get; } = new Dictionary<string, object>
    {
        ["id"] = Organisation,
        ["units"] = new[] { "ou-ab12-1a2b3c4d" },
        ["regions"] = new[] { "eu-west-1", "us-east-1" },
        ["bundleKey"] = "functions-1.0.0.zip",
        ["hubAccount"] = Hub,
    };

    public static object[] All { get; } =
    [
        new Dictionary<string, object>
        {
            ["name"] = "full",
            ["account"] = "111122223333",
            ["region"] = "eu-west-1",
            ["guardDuty"] = true,
            ["costMonitor"] = true,
            ["applicationSignalsChanges"] = true,
            ["configChanges"] = true,
            ["knowledgeBase"] = true,
            ["logGroups"] = new[] { "/aws/lambda/checkout", "/ecs/shop*" },
            ["watchedServices"] = new[] { "checkout" },
            ["urgentTopics"] = new[] { UrgentTopic },
            ["routineTopics"] = new[] { RoutineTopic },
            ["alarmEmail"] = "oncall@example.com",
            ["urgentConcurrency"] = 20,
            ["routineConcurrency"] = 4,
            ["tickets"] = new Dictionary<string, object>
            {
                ["settings"] = "/aiops-full/tickets",
                ["secrets"] = new[] { "arn:aws:secretsmanager:eu-west-1:111122223333:secret:jira-AbCdEf" },
                ["keys"] = new[] { "arn:aws:kms:eu-west-1:111122223333:key/ours" },
                ["opsCenter"] = true,
            },
            ["model"] = new Dictionary<string, object>
            {
                ["settings"] = "/aiops-full/model",
                ["models"] = new[] { "amazon.nova-pro-v1:0" },
                ["inferenceProfiles"] = new[] { "eu.amazon.nova-pro-v1:0", "global.anthropic.claude-sonnet-4-20250514-v1:0" },
                ["regions"] = new[] { "eu-west-1", "eu-central-1" },
                ["dollarsPerDay"] = 40,
                ["alarmPercent"] = 75,
            },
            ["actions"] = new Dictionary<string, object>
            {
                ["documents"] = new[] { "AWS-RestartEC2Instance", "AWSSupport-ExecuteEC2Rescue", "ShopScaleOut" },
                ["policyArns"] = new[] { "arn:aws:iam::111122223333:policy/ShopRestart" },
            },
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
