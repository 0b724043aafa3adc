using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Aiops.Analysis.Telemetry;
using Aiops.Aws.Changes;

namespace Aiops.Aws.Tests.Changes;

public sealed class ChangeEventsTests
{
    private static readonly string Samples = Path.GetFullPath(Path.Combine(ThisFolder(), "../../../events/changes"));

    public static TheoryData<string> Noise => [.. Names().Where(name => name.StartsWith("noise-", StringComparison.Ordinal))];

    [Theory]
    [InlineData(
        "trail-update-function-code", "payments", ChangeKind.Deployment, "lambda UpdateFunctionCode of payments",
        "Deployer/alice")]
    [InlineData(
        "trail-update-function-configuration", "payments", ChangeKind.Configuration, "lambda UpdateFunctionConfiguration of payments",
        "bob")]
    [InlineData("trail-update-service", "catalogue", ChangeKind.Deployment, "ecs UpdateService of catalogue", "Deployer/alice")]
    [InlineData(
        "trail-scale-service", "catalogue", ChangeKind.Scaling, "ecs UpdateService of catalogue",
        "ecs.application-autoscaling.amazonaws.com")]
    [InlineData(
        "trail-update-table-by-stack", "orders", ChangeKind.Scaling, "dynamodb UpdateTable of orders",
        "Deployer/alice by cloudformation.amazonaws.com")]
    [InlineData(
        "trail-attach-role-policy", "payments-role", ChangeKind.Permission, "iam AttachRolePolicy of payments-role",
        "root")]
    [InlineData(
        "trail-terminate-instances", "i-0abc1234def567890", ChangeKind.Infrastructure, "ec2 TerminateInstances of i-0abc1234def567890",
        "Deployer/alice")]
    [InlineData(
        "trail-put-metric-alarm", "payments-errors", ChangeKind.Alarm, "monitoring PutMetricAlarm of payments-errors",
        "Deployer/alice")]
    [InlineData(
        "trail-set-queue-attributes", "orders", ChangeKind.Configuration, "sqs SetQueueAttributes of orders",
        "Deployer/alice")]
    [InlineData("codedeploy-start", "checkout", ChangeKind.Deployment, "CodeDeploy deployment to production: START", "")]
    [InlineData(
        "ecs-deployment", "catalogue", ChangeKind.Deployment, "ECS SERVICE_DEPLOYMENT_FAILED: ECS deployment circuit breaker: task failed to start.",
        "")]
    [InlineData("stack-update", "shop", ChangeKind.Deployment, "CloudFormation stack shop: UPDATE_IN_PROGRESS", "")]
    public void A_change_is_told_with_what_and_who(string sample, string component, ChangeKind kind, string summary, string actor)
    {
        var record = Read(sample).ShouldNotBeNull();
        (record.Change.Component, record.Change.Kind, record.Change.Summary, record.Change.Actor)
            .ShouldBe((component, kind, summary, actor));
        record.Account.ShouldBe("123456789012");
        record.Change.At.ShouldBeInRange(new(2026, 3, 2, 7, 41, 8, TimeSpan.Zero), new(2026, 3, 2, 7, 41, 10, TimeSpan.Zero));
    }

    [Theory]
    [MemberData(nameof(Noise))]
    public void Noise_is_no_change(string sample) => Read(sample).ShouldBeNull();

    [Fact]
    public void Every_sample_is_tested()
        => typeof(ChangeEventsTests).GetMethod(nameof(A_change_is_told_with_what_and_who))!
            .GetCustomAttributesData().Where(a => a.AttributeType == typeof(InlineDataAttribute))
            .Select(a => ((IReadOnlyCollection<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!).First())
            .Select(first => (string)first.Value!)
            .Concat(Names().Where(n => n.StartsWith("noise-", StringComparison.Ordinal)))
            .Order().ShouldBe(Names().Order());

    [Fact]
    public void An_api_call_is_known_by_CloudTrails_id_by_whichever_way_it_comes()
    {
        var message = Parse("trail-update-function-code");
        var id = message.GetProperty("detail").GetProperty("eventID").GetString();
        id.ShouldNotBe(message.GetProperty("id").GetString());
        ChangeEvents.Read(message)!.EventId.ShouldBe(id);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"detail-type":"AWS API Call via CloudTrail","detail":{}}""")]
    [InlineData("""{"detail-type":"AWS API Call via CloudTrail","detail":{"eventName":7,"eventID":"a","eventTime":"b"}}""")]
    [InlineData("""{"detail-type":"ECS Deployment State Change","id":"a","resources":[],"detail":{"eventName":"X"}}""")]
    [InlineData("""{"detail-type":"CloudFormation Stack Status Change","id":"a","detail":{"status-details":[]}}""")]
    [InlineData("""{"detail-type":"EC2 Instance State-change Notification","id":"a","detail":{"state":"x"}}""")]
    public void What_is_not_understood_is_no_change_and_no_error(string message)
        => ChangeEvents.Read(JsonDocument.Parse(message).RootElement).ShouldBeNull();

    private static ChangeRecord? Read(string sample) => ChangeEvents.Read(Parse(sample));

    private static JsonElement Parse(string sample)
        => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Samples, $"{sample}.json"))).RootElement;

    private static IEnumerable<string> Names()
        => Directory.GetFiles(Samples, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!);

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
