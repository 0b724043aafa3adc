using Aiops.Pipeline;
using Aiops.Pipeline.Intake.Formats;

namespace Aiops.Tests.Pipeline.Intake.Formats;

/// <summary>The public formats' reference events, where the checkout has them beside it: each must give what the table says.</summary>
public class SharedEventsTests
{
    private const string Alarm = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:";

    private static readonly Dictionary<string, (string Subject, string State, string OccurredAt, TriggerCondition Condition)[]> Expected = new()
    {
        ["01-eb-alarm-metric"] = [(Alarm + "checkout-api-5xx", "ALARM", "2026-03-14T10:17:36.441Z", TriggerCondition.Firing)],
        ["02-eb-alarm-metric-math"] = [(Alarm + "orders-error-rate", "ALARM", "2026-03-14T10:17:01.004Z", TriggerCondition.Firing)],
        ["03-eb-alarm-anomaly-band"] = [(Alarm + "checkout-p90-latency-band", "ALARM", "2026-03-14T10:17:36.104Z", TriggerCondition.Firing)],
        ["04-eb-alarm-composite-suppressed"] = [(Alarm + "checkout-customer-impact", "ALARM", "2026-03-14T10:17:37.020Z", TriggerCondition.Firing)],
        ["05-eb-alarm-muted"] = [(Alarm + "checkout-api-5xx", "ALARM", "2026-03-14T10:17:36.441Z", TriggerCondition.Firing)],
        ["06-eb-alarm-contributor"] = [(Alarm + "lambda-errors-by-function#6d442278dba546f6", "ALARM", "2026-03-14T10:17:20.031Z", TriggerCondition.Firing)],
        ["07-eb-alarm-log"] = [(Alarm + "orders-timeouts-in-log", "ALARM", "2026-03-14T10:20:02Z", TriggerCondition.Firing)],
        ["08-eb-alarm-config-change"] = [(Alarm + "checkout-api-5xx", "update", "2026-03-14T09:12:00Z", TriggerCondition.Informational)],
        ["09-lambda-alarm-action"] = [(Alarm + "checkout-api-5xx", "ALARM", "2026-03-14T10:17:36.441Z", TriggerCondition.Firing)],
        ["10-sns-message-metric"] = [(Alarm + "checkout-api-5xx", "ALARM", "2026-03-14T10:17:36.441Z", TriggerCondition.Firing)],
        ["11-sns-message-anomaly-band"] = [(Alarm + "checkout-p90-latency-band", "ALARM", "2026-03-14T10:17:36.441Z", TriggerCondition.Firing)],
        ["12-sns-message-metric-math"] = [(Alarm + "orders-error-rate", "ALARM", "2026-03-14T10:17:36.441Z", TriggerCondition.Firing)],
        ["13-sns-message-composite"] = [(Alarm + "checkout-customer-impact", "ALARM", "2026-03-14T10:17:36.441Z", TriggerCondition.Firing)],
        ["14-sns-message-log"] = [(Alarm + "orders-timeouts-in-log", "ALARM", "2026-03-14T10:17:36.441Z", TriggerCondition.Firing)],
        ["15-sns-envelope-https-or-sqs-body"] = [(Alarm + "checkout-api-5xx", "ALARM", "2026-03-14T10:17:36.441Z", TriggerCondition.Firing)],
        ["16-lambda-sns-event"] = [(Alarm + "checkout-api-5xx", "ALARM", "2026-03-14T10:17:36.441Z", TriggerCondition.Firing)],
        ["17-sns-subscription-confirmation"] = [],
        ["18-sqs-lambda-batch"] = [(Alarm + "checkout-api-5xx", "ALARM", "2026-03-14T10:17:36.441Z", TriggerCondition.Firing)],
        ["19-eb-alarm-logs-anomaly"] = [(Alarm + "orders-log-anomaly-high", "ALARM", "2026-03-14T10:17:36.441Z", TriggerCondition.Firing)],
        ["20-eb-alarm-slo-burn-rate"] = [(Alarm + "slo-checkout-burn-1h", "ALARM", "2026-03-14T10:17:36.441Z", TriggerCondition.Firing)],
        ["21-devopsguru-new-insight"] = [("AIDEXAMPLE", "NEW_INSIGHT", "2026-03-14T10:02:00Z", TriggerCondition.Firing)],
        ["22-cost-anomaly"] = [("6f0f2d5c-1b7a-4b2e-8d0c-3b7f4a1e9c55", "open", "2026-03-01T00:00:00Z", TriggerCondition.Firing)],
        ["23-aws-health"] = [("arn:aws:health:eu-west-1::event/LAMBDA/AWS_LAMBDA_OPERATIONAL_ISSUE/AWS_LAMBDA_OPERATIONAL_ISSUE_1A2B3C", "open", "2026-03-03T10:05:12Z", TriggerCondition.Firing)],
        ["24-aws-health-account-specific"] = [("arn:aws:health:eu-west-1::event/EC2/AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED/AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED_0F1E", "upcoming", "2026-03-13T06:00:00Z", TriggerCondition.Firing)],
        ["25-alertmanager-v4"] =
        [
            ("c1f0a9e2b3d4f5a6", "firing", "2026-03-14T10:14:12.345Z", TriggerCondition.Firing),
            ("d2f0a9e2b3d4f5a7", "resolved", "2026-03-14T10:14:12.345Z", TriggerCondition.Resolved),
        ],
        ["26-grafana-webhook"] =
        [
            ("c1f0a9e2b3d4f5a6", "firing", "2026-03-14T10:14:12.345Z", TriggerCondition.Firing),
            ("d2f0a9e2b3d4f5a7", "resolved", "2026-03-14T10:14:12.345Z", TriggerCondition.Resolved),
        ],
        ["27-guardduty"] = [("16afba5c5c43e07c9e3e5e2e544e95df", "firing", "2026-03-14T09:40:00Z", TriggerCondition.Firing)],
        ["28-aws-devops-agent-outbound"] = [("task-77aa", "COMPLETED", "2026-03-14T10:25:30Z", TriggerCondition.Informational)],
        ["29-devops-agent-inbound-webhook"] = [("INC-20260314-0042", "created", "2026-03-14T10:17:36.441Z", TriggerCondition.Firing)],
        ["30-eb-alarm-multi-series-parent"] = [(Alarm + "lambda-errors-by-function", "ALARM", "2026-03-14T10:17:20.031Z", TriggerCondition.Firing)],
        ["31-eb-alarm-log-contributor"] = [(Alarm + "orders-timeouts-in-log#a1b2c3d4e5f60718", "ALARM", "2026-03-14T10:20:02Z", TriggerCondition.Firing)],
    };

    public static TheoryData<string> Files()
        => TestPaths.Shared is { } shared && Directory.Exists(Path.Combine(shared, "events"))
            ? [.. Directory.GetFiles(Path.Combine(shared, "events"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()]
            : ["none"]; // A theory needs a case.

    [Theory]
    [MemberData(nameof(Files))]
    public void A_reference_event_gives_its_triggers(string name)
    {
        if (name == "none")
        {
            return;
        }

        var read = new EventReader().Read(File.ReadAllBytes(Path.Combine(TestPaths.Shared!, "events", name + ".json")));

        if (Expected[name].Length == 0)
        {
            read.ShouldBeOfType<ReadEvent.SubscriptionConfirmation>();
            return;
        }

        var triggers = read.ShouldBeOfType<ReadEvent.Triggers>();
        triggers.UnreadableParts.ShouldBeEmpty();
        triggers.Items.Select(trigger => (trigger.Subject, trigger.State, trigger.OccurredAt, trigger.Condition))
            .ShouldBe(Expected[name].Select(one => (one.Subject, one.State, DateTimeOffset.Parse(one.OccurredAt), one.Condition)));
    }
}
