using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aiops.Local.Recordings;

namespace Aiops.Simulator.Alarms;

/// <summary>
/// Writes alarm transitions as AWS sends them: an EventBridge event for each, and an SNS notification besides where the
/// alarm has such an action, so that one transition arrives twice.
/// </summary>
internal static class CloudWatchEvents
{
    private const string Account = "111122223333";
    private const string Region = "eu-west-1";
    private const string Topic = $"arn:aws:sns:{Region}:{Account}:alarms";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<RecordedEvent> Of(AlarmTransition transition, long seed)
    {
        var chance = new SimulatedRandom(seed, $"{transition.Rule.Name} {transition.At:O}");
        yield return new RecordedEvent(transition.At.AddMilliseconds(chance.Whole(300, 2_500)), EventBridge(transition, chance.Id()));
        if (transition.Rule.AlsoBySns)
        {
            yield return new RecordedEvent(transition.At.AddMilliseconds(chance.Whole(400, 4_000)), Sns(transition, chance));
        }
    }

    private static byte[] EventBridge(AlarmTransition t, string id) => Json(json =>
    {
        json.WriteString("version", "0");
        json.WriteString("id", id);
        json.WriteString("detail-type", "CloudWatch Alarm State Change");
        json.WriteString("source", "aws.cloudwatch");
        json.WriteString("account", Account);
        json.WriteString("time", t.At.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        json.WriteString("region", Region);
        json.WriteStartArray("resources");
        json.WriteStringValue(Arn(t.Rule));
        json.WriteEndArray();
        json.WriteStartObject("detail");
        json.WriteString("alarmName", t.Rule.Name);
        json.WriteStartObject("state");
        json.WriteString("value", State(t.Firing));
        json.WriteString("reason", Reason(t));
        json.WriteString("reasonData", ReasonData(t));
        json.WriteString("timestamp", Stamp(t.At));
        json.WriteEndObject();
        json.WriteStartObject("previousState");
        json.WriteString("value", State(!t.Firing));
        json.WriteString("reason", t.Firing ? "Threshold Crossed: no datapoints were greater than the threshold." : "Threshold Crossed.");
        json.WriteString("timestamp", Stamp(t.PreviousAt));
        json.WriteEndObject();
        json.WriteStartObject("configuration");
        json.WriteString("description", t.Rule.Description);
        json.WriteStartArray("metrics");
        json.WriteStartObject();
        json.WriteString("id", "m1");
        json.WriteStartObject("metricStat");
        json.WriteStartObject("metric");
        json.WriteString("namespace", t.Rule.Namespace);
        json.WriteString("name", t.Rule.Metric);
        json.WriteStartObject("dimensions");
        foreach (var (name, value) in t.Rule.Dimensions)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteNumber("period", 60);
        json.WriteString("stat", t.Rule.Series.Statistic);
        json.WriteEndObject();
        json.WriteBoolean("returnData", true);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("alarmTags");
        json.WriteString("service", t.Rule.Component);
        json.WriteString("team", "shop");
        json.WriteEndObject();
        json.WriteString("alarmTagsStatus", "SUCCESS");
        json.WriteEndObject();
    });

    private static byte[] Sns(AlarmTransition t, SimulatedRandom chance) => Json(json =>
    {
        var message = Json(inner => Message(inner, t));
        json.WriteString("Type", "Notification");
        json.WriteString("MessageId", chance.Id());
        json.WriteString("TopicArn", Topic);
        json.WriteString("Subject", $"{State(t.Firing)}: \"{t.Rule.Name}\" in EU (Ireland)");
        json.WriteString("Message", message);
        json.WriteString("Timestamp", t.At.AddMilliseconds(90).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        json.WriteString("SignatureVersion", "2");
        json.WriteString("Signature", "EXAMPLE==");
        json.WriteString("SigningCertURL", $"https://sns.{Region}.amazonaws.com/SimpleNotificationService-0000000000000000000000000000000.pem");
        json.WriteString("UnsubscribeURL", $"https://sns.{Region}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn={Topic}:0f0e0d0c");
    });

    private static void Message(Utf8JsonWriter json, AlarmTransition t)
    {
        json.WriteString("AlarmName", t.Rule.Name);
        json.WriteString("AlarmDescription", t.Rule.Description);
        json.WriteString("AWSAccountId", Account);
        json.WriteString("AlarmConfigurationUpdatedTimestamp", "2026-01-12T09:12:00.000+0000");
        json.WriteString("NewStateValue", State(t.Firing));
        json.WriteString("NewStateReason", Reason(t));
        json.WriteString("StateChangeTime", Stamp(t.At));
        json.WriteString("Region", "EU (Ireland)");
        json.WriteString("AlarmArn", Arn(t.Rule));
        json.WriteString("OldStateValue", State(!t.Firing));
        json.WriteStartArray("OKActions");
        json.WriteStringValue(Topic);
        json.WriteEndArray();
        json.WriteStartArray("AlarmActions");
        json.WriteStringValue(Topic);
        json.WriteEndArray();
        json.WriteStartArray("InsufficientDataActions");
        json.WriteEndArray();
        json.WriteStartObject("Trigger");
        json.WriteString("MetricName", t.Rule.Metric);
        json.WriteString("Namespace", t.Rule.Namespace);
        if (t.Rule.Series.Statistic.StartsWith('p'))
        {
            json.WriteString("StatisticType", "ExtendedStatistic");
            json.WriteString("ExtendedStatistic", t.Rule.Series.Statistic);
        }
        else
        {
            json.WriteString("StatisticType", "Statistic");
            json.WriteString("Statistic", t.Rule.Series.Statistic.ToUpperInvariant());
        }

        json.WriteNull("Unit");
        json.WriteStartArray("Dimensions");
        foreach (var (name, value) in t.Rule.Dimensions)
        {
            json.WriteStartObject();
            json.WriteString("value", value);
            json.WriteString("name", name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("Period", 60);
        json.WriteNumber("EvaluationPeriods", t.Rule.Periods);
        json.WriteNumber("DatapointsToAlarm", t.Rule.Periods);
        json.WriteString("ComparisonOperator", "GreaterThanThreshold");
        json.WriteNumber("Threshold", t.Rule.Threshold);
        json.WriteString("TreatMissingData", "notBreaching");
        json.WriteString("EvaluateLowSampleCountPercentile", "");
        json.WriteEndObject();
    }

    private static string Reason(AlarmTransition t)
    {
        var samples = string.Join(", ", t.Samples.Reverse().Select(s => $"{s.Value:0.0##} ({s.Time:dd/MM/yy HH:mm:ss})"));
        var count = t.Samples.Count;
        return t.Firing
            ? $"Threshold Crossed: {count} out of the last {count} datapoints [{samples}] were greater than the threshold ({t.Rule.Threshold:0.0}) (minimum {count} datapoints for OK -> ALARM transition)."
            : $"Threshold Crossed: {count} datapoint [{samples}] was not greater than the threshold ({t.Rule.Threshold:0.0}).";
    }

    private static string ReasonData(AlarmTransition t) => Encoding.UTF8.GetString(Json(json =>
    {
        json.WriteString("version", "1.0");
        json.WriteString("queryDate", Stamp(t.At));
        json.WriteString("startDate", Stamp(t.Samples.Count == 0 ? t.At : t.Samples[0].Time));
        json.WriteString("statistic", t.Rule.Series.Statistic);
        json.WriteNumber("period", 60);
        json.WriteStartArray("recentDatapoints");
        foreach (var sample in t.Samples)
        {
            json.WriteNumberValue(Math.Round(sample.Value, 3));
        }

        json.WriteEndArray();
        json.WriteNumber("threshold", t.Rule.Threshold);
        json.WriteStartArray("evaluatedDatapoints");
        foreach (var sample in t.Samples.Reverse())
        {
            json.WriteStartObject();
            json.WriteString("timestamp", Stamp(sample.Time));
            json.WriteNumber("value", Math.Round(sample.Value, 3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }));

    private static string Arn(AlarmRule rule) => $"arn:aws:cloudwatch:{Region}:{Account}:alarm:{rule.Name}";

    private static string State(bool firing) => firing ? "ALARM" : "OK";

    private static string Stamp(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture) + "+0000";

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
