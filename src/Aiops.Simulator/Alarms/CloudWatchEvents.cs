using System.Globalization;
using System.Text.Json;
using Aiops.Local.Recordings;
using Aiops.Local.Recordings.Writing;

namespace Aiops.Simulator.Alarms;

/// <summary>
/// Writes alarm transitions as AWS sends them: an EventBridge event for each, and an SNS notification besides where the
/// alarm has such an action, so that one transition arrives twice.
/// </summary>
internal static class CloudWatchEvents
{
    private const string Topic = $"arn:aws:sns:{AlarmEvent.Region}:{AlarmEvent.Account}:alarms";

    public static IEnumerable<RecordedEvent> Of(AlarmTransition transition, long seed)
    {
        var chance = new SimulatedRandom(seed, $"{transition.Rule.Name} {transition.At:O}");
        var rule = transition.Rule;
        var received = transition.At.AddMilliseconds(chance.Whole(300, 2_500));
        var alarm = new AlarmEvent(
            chance.Id(), rule.Name, rule.Component, rule.Namespace, rule.Metric, rule.Series.Statistic, rule.Dimensions, rule.Threshold,
            TimeSpan.FromMinutes(1), transition.Firing, transition.At, transition.PreviousAt, transition.Samples, rule.Description);
        yield return new RecordedEvent(received, alarm.ToEventBridge());
        if (rule.AlsoBySns)
        {
            yield return new RecordedEvent(transition.At.AddMilliseconds(chance.Whole(400, 4_000)), Sns(rule, alarm, chance));
        }
    }

    private static byte[] Sns(AlarmRule rule, AlarmEvent alarm, SimulatedRandom chance) => AlarmEvent.Json(json =>
    {
        var message = AlarmEvent.Json(inner => Message(inner, rule, alarm));
        json.WriteString("Type", "Notification");
        json.WriteString("MessageId", chance.Id());
        json.WriteString("TopicArn", Topic);
        json.WriteString("Subject", $"{alarm.State}: \"{rule.Name}\" in EU (Ireland)");
        json.WriteString("Message", message);
        json.WriteString(
            "Timestamp", alarm.At.AddMilliseconds(90).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        json.WriteString("SignatureVersion", "2");
        json.WriteString("Signature", "EXAMPLE==");
        json.WriteString(
            "SigningCertURL",
            $"https://sns.{AlarmEvent.Region}.amazonaws.com/SimpleNotificationService-0000000000000000000000000000000.pem");
        json.WriteString(
            "UnsubscribeURL",
            $"https://sns.{AlarmEvent.Region}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn={Topic}:0f0e0d0c");
    });

    private static void Message(Utf8JsonWriter json, AlarmRule rule, AlarmEvent alarm)
    {
        json.WriteString("AlarmName", rule.Name);
        json.WriteString("AlarmDescription", rule.Description);
        json.WriteString("AWSAccountId", AlarmEvent.Account);
        json.WriteString("AlarmConfigurationUpdatedTimestamp", "2026-01-12T09:12:00.000+0000");
        json.WriteString("NewStateValue", alarm.State);
        json.WriteString("NewStateReason", alarm.Reason);
        json.WriteString("StateChangeTime", AlarmEvent.Stamp(alarm.At));
        json.WriteString("Region", "EU (Ireland)");
        json.WriteString("AlarmArn", alarm.Arn);
        json.WriteString("OldStateValue", alarm.PreviousState);
        json.WriteStartArray("OKActions");
        json.WriteStringValue(Topic);
        json.WriteEndArray();
        json.WriteStartArray("AlarmActions");
        json.WriteStringValue(Topic);
        json.WriteEndArray();
        json.WriteStartArray("InsufficientDataActions");
        json.WriteEndArray();
        json.WriteStartObject("Trigger");
        json.WriteString("MetricName", rule.Metric);
        json.WriteString("Namespace", rule.Namespace);
        if (rule.Series.Statistic.StartsWith('p'))
        {
            json.WriteString("StatisticType", "ExtendedStatistic");
            json.WriteString("ExtendedStatistic", rule.Series.Statistic);
        }
        else
        {
            json.WriteString("StatisticType", "Statistic");
            json.WriteString("Statistic", rule.Series.Statistic.ToUpperInvariant());
        }

        json.WriteNull("Unit");
        json.WriteStartArray("Dimensions");
        foreach (var (name, value) in rule.Dimensions)
        {
            json.WriteStartObject();
            json.WriteString("value", value);
            json.WriteString("name", name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("Period", 60);
        json.WriteNumber("EvaluationPeriods", rule.Periods);
        json.WriteNumber("DatapointsToAlarm", rule.Periods);
        json.WriteString("ComparisonOperator", "GreaterThanThreshold");
        json.WriteNumber("Threshold", rule.Threshold);
        json.WriteString("TreatMissingData", "notBreaching");
        json.WriteString("EvaluateLowSampleCountPercentile", "");
        json.WriteEndObject();
    }
}
