using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aiops.Cdk.Tests.Synthesis;

namespace Aiops.Cdk.Tests;

[Collection(Synthesized.Name)]
public sealed class SourceTests(SynthesizedApp app)
{
    public static TheoryData<string> EventBridgeSamples
        => [.. Directory.EnumerateFiles(Repository.PathTo("events"), "*.json", SearchOption.AllDirectories)
            .Where(file => JsonNode.Parse(File.ReadAllText(file)) is JsonObject { } sample && sample.ContainsKey("detail-type")
                && sample["source"]?.ToString().StartsWith("aws.", StringComparison.Ordinal) == true)
            .Select(file => Path.GetRelativePath(Repository.PathTo("events"), file))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(EventBridgeSamples))]
    public void A_sample_of_every_source_enters_by_exactly_one_rule(string sample)
    {
        var rules = RulesFor(Read(sample)).Select(rule => Template.Render(rule.Property("Targets")![0]!["Arn"])).ToList();
        var recordChange = $"${{{app.Full.Function("RecordChange").Id}.Arn}}";

        if (Path.GetFileName(sample).StartsWith("noise-", StringComparison.Ordinal))
        {
            rules.ShouldBeSubsetOf([recordChange]); // What the rule can't tell, the function drops.
            return;
        }

        rules.ShouldHaveSingleItem();
        (rules[0] == recordChange).ShouldBe(sample.StartsWith("changes", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("noise-assume-role")]
    [InlineData("noise-create-log-stream")]
    [InlineData("noise-read-only")]
    [InlineData("noise-refused-call")]
    [InlineData("noise-stack-cleanup")]
    public void Common_noise_invokes_no_function(string sample) => RulesFor(Read($"changes/{sample}.json")).ShouldBeEmpty();

    [Theory]
    [InlineData("cloudwatch/alarm-metric.json", "aiops-full-urgent")] // Tagged P2.
    [InlineData("guardduty/finding.json", "aiops-full-routine")] // 5.0.
    [InlineData("health/issue.json", "aiops-full-routine")]
    [InlineData("cost-anomaly/anomaly.json", "aiops-full-routine")]
    [InlineData("devops-guru/new-insight.json", "aiops-full-routine")]
    [InlineData("devops-guru/severity-upgraded.json", "aiops-full-urgent")]
    [InlineData("devops-agent/investigation-cancelled.json", "aiops-full-routine")]
    [InlineData("cloudwatch/alarm-configuration-change.json", "aiops-full-routine")]
    public void An_event_goes_by_the_lane_that_it_claims(string sample, string queue)
        => QueueOf(RulesFor(Read(sample)).Single()).ShouldBe(queue);

    [Theory]
    [InlineData("severity", "critical", "urgent")]
    [InlineData("severity", "CRITICAL", "urgent")]
    [InlineData("severity", "Sev1", "urgent")]
    [InlineData("priority", "P1", "urgent")]
    [InlineData("priority", "2", "urgent")]
    [InlineData("severity", "warning", "routine")]
    [InlineData("severity", "3", "routine")]
    [InlineData("priority", "P3", "routine")]
    [InlineData("team", "critical", "routine")]
    public void An_alarm_is_urgent_by_the_word_in_its_tag(string tag, string word, string lane)
    {
        var alarm = Read("cloudwatch/alarm-metric.json");
        alarm["detail"]!["alarmTags"] = new JsonObject { [tag] = word };

        QueueOf(RulesFor(alarm).Single()).ShouldBe($"aiops-full-{lane}");
    }

    [Fact]
    public void An_alarm_with_one_urgent_tag_is_urgent_whatever_the_other_says()
    {
        var alarm = Read("cloudwatch/alarm-metric.json");
        alarm["detail"]!["alarmTags"] = new JsonObject { ["severity"] = "low", ["priority"] = "p1" };

        QueueOf(RulesFor(alarm).Single()).ShouldBe("aiops-full-urgent");
    }

    [Fact]
    public void An_alarm_without_tags_is_routine()
    {
        var alarm = Read("cloudwatch/alarm-metric.json");
        alarm["detail"]!.AsObject().Remove("alarmTags");

        QueueOf(RulesFor(alarm).Single()).ShouldBe("aiops-full-routine");
    }

    [Theory]
    [InlineData("aws.cloudwatch")]
    [InlineData("aws.monitoring")]
    public void The_systems_own_alarms_enter_no_lane(string source)
    {
        foreach (var name in app.Full.OfType("AWS::CloudWatch::Alarm").Select(alarm => alarm.Text("AlarmName")))
        {
            foreach (var sample in new[] { "cloudwatch/alarm-metric.json", "cloudwatch/alarm-contributor.json",
                "cloudwatch/alarm-configuration-change.json" })
            {
                var alarm = Read(sample);
                alarm["source"] = source;
                alarm["detail"]!["alarmName"] = name;
                RulesFor(alarm).ShouldBeEmpty($"{sample}: {name}");
                alarm["detail"]!["alarmName"] = $"shop-{name}";
                RulesFor(alarm).Count().ShouldBe(1);
            }
        }
    }

    [Fact]
    public void Which_alarms_are_our_own_is_configuration()
    {
        var alarm = Read("cloudwatch/alarm-metric.json");
        foreach (var (name, rules) in new[] { ("ops.aiops-intake-errors", 0), ("other-prod-intake-errors", 1), ("checkout", 1) })
        {
            alarm["detail"]!["alarmName"] = name;
            Rules(app.Other).Count(rule => EventPattern.Matches(Pattern(rule), alarm)).ShouldBe(rules, name);
        }
    }

    [Fact]
    public void GuardDuty_is_a_choice()
    {
        var finding = Read("guardduty/finding.json");

        Rules(app.Least).Where(rule => EventPattern.Matches(Pattern(rule), finding)).ShouldBeEmpty();
        foreach (var (severity, lane) in new[] { (1.0, "routine"), (6.9, "routine"), (7.0, "urgent"), (9.5, "urgent") })
        {
            finding["detail"]!["severity"] = severity;
            QueueOf(RulesFor(finding).Single()).ShouldBe($"aiops-full-{lane}");
        }
    }

    [Theory]
    [InlineData("""
        {"source": "aws.lambda", "detail-type": "AWS API Call via CloudTrail", "detail": {"readOnly": false,
        "eventSource": "lambda.amazonaws.com", "eventName": "UpdateFunctionCode20150331v2"}}
        """, true)]
    [InlineData("""
        {"source": "aws.lambda", "detail-type": "AWS API Call via CloudTrail", "detail": {"readOnly": true,
        "eventSource": "lambda.amazonaws.com", "eventName": "GetFunction"}}
        """, false)]
    [InlineData("""
        {"source": "aws.lambda", "detail-type": "AWS API Call via CloudTrail", "detail": {"readOnly": false,
        "eventSource": "lambda.amazonaws.com", "errorCode": "AccessDenied"}}
        """, false)]
    [InlineData("""
        {"source": "aws.logs", "detail-type": "AWS API Call via CloudTrail", "detail": {"readOnly": false,
        "eventSource": "logs.amazonaws.com", "eventName": "CreateLogStream"}}
        """, false)]
    [InlineData("""
        {"source": "aws.codedeploy", "detail-type": "CodeDeploy Deployment State-change Notification",
        "detail": {"state": "SUCCESS"}}
        """, true)]
    [InlineData("""
        {"source": "aws.ecs", "detail-type": "ECS Deployment State Change",
        "detail": {"eventName": "SERVICE_DEPLOYMENT_IN_PROGRESS"}}
        """, true)]
    [InlineData("""{"source": "aws.ecs", "detail-type": "ECS Task State Change", "detail": {"lastStatus": "RUNNING"}}""", false)]
    [InlineData("""
        {"source": "aws.cloudformation", "detail-type": "CloudFormation Stack Status Change",
        "detail": {"status-details": {"status": "UPDATE_COMPLETE"}}}
        """, true)]
    [InlineData("""
        {"source": "aws.cloudformation", "detail-type": "CloudFormation Stack Status Change",
        "detail": {"status-details": {"status": "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"}}}
        """, false)]
    [InlineData("""
        {"source": "aws.cloudformation", "detail-type": "CloudFormation Stack Status Change",
        "detail": {"status-details": {"status": "CREATE_IN_PROGRESS"}}}
        """, true)]
    [InlineData("""
        {"source": "aws.cloudformation", "detail-type": "CloudFormation Stack Status Change",
        "detail": {"status-details": {"status": "UPDATE_ROLLBACK_IN_PROGRESS"}}}
        """, true)]
    [InlineData("""
        {"source": "aws.cloudformation", "detail-type": "CloudFormation Stack Status Change",
        "detail": {"status-details": {"status": "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS"}}}
        """, false)]
    public void Changes_are_recorded_and_noise_is_not(string json, bool recorded)
    {
        var rules = Rules(app.Full).Where(rule => EventPattern.Matches(Pattern(rule), JsonNode.Parse(json)!.AsObject())).ToList();

        rules.Count.ShouldBe(recorded ? 1 : 0);
        rules.ShouldAllBe(rule
            => Template.Render(rule.Property("Targets")![0]!["Arn"]) == $"${{{app.Full.Function("RecordChange").Id}.Arn}}");
    }

    [Fact]
    public void Every_rule_sets_aside_what_its_target_did_not_take()
    {
        foreach (var template in app.Environments)
        {
            var undelivered = template.OfType("AWS::SQS::Queue")
                .Single(queue => queue.Id.StartsWith("TriggerQueuesUndelivered", StringComparison.Ordinal));
            template.OfType("AWS::Events::Rule").SelectMany(rule => rule.Property("Targets")!.AsArray())
                .ShouldAllBe(target => Template.Render(target!["DeadLetterConfig"]!["Arn"]) == $"${{{undelivered.Id}.Arn}}");
        }
    }

    [Fact]
    public void Every_pattern_fits_in_what_EventBridge_takes()
        => Rules(app.Full).Concat(Rules(app.Other)).ShouldAllBe(rule => Pattern(rule).ToJsonString(Plain).Length <= 2048);

    [Theory]
    [InlineData("Sweep", "rate(1 minute)")]
    [InlineData("Reconcile", "rate(15 minutes)")]
    [InlineData("WatchObjectives", "rate(15 minutes)")]
    public void A_sweep_runs_by_the_clock_and_alone(string handler, string schedule)
    {
        var function = app.Full.Function(handler);
        var rule = app.Full.OfType("AWS::Events::Rule")
            .Single(one => Template.Render(one.Property("Targets")![0]!["Arn"]) == $"${{{function.Id}.Arn}}");

        rule.Text("ScheduleExpression").ShouldBe(schedule);
        function.Text("ReservedConcurrentExecutions").ShouldBe("1");
        var permission = app.Full.OfType("AWS::Lambda::Permission").Single(one => one.Text("SourceArn") == $"${{{rule.Id}.Arn}}");
        permission.Text("FunctionName").ShouldBe($"${{{function.Id}.Arn}}");
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static IEnumerable<Resource> Rules(Template template)
        => template.OfType("AWS::Events::Rule").Where(rule => rule.Property("EventPattern") is not null);

    private static JsonObject Pattern(Resource rule) => rule.Property("EventPattern")!.AsObject();

    private static JsonObject Read(string sample)
        => JsonNode.Parse(File.ReadAllText(Repository.PathTo("events", sample)))!.AsObject();

    private IEnumerable<Resource> RulesFor(JsonObject sample)
        => Rules(app.Full).Where(rule => EventPattern.Matches(Pattern(rule), sample));

    private string QueueOf(Resource rule)
        => app.Full.OfType("AWS::SQS::Queue")
            .Single(queue => $"${{{queue.Id}.Arn}}" == Template.Render(rule.Property("Targets")![0]!["Arn"])).Text("QueueName");
}
