using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aiops.Local.Recordings.Writing;

/// <summary>
/// A metric alarm's change of state, written as CloudWatch sends it through EventBridge, for recordings whose own alarm was
/// simulated or not kept.
/// </summary>
/// <param name="Component">Goes into the alarm's <c>service</c> tag.</param>
/// <param name="Datapoints">The samples that were judged, oldest first, in CloudWatch's unit.</param>
public sealed record AlarmEvent(
    string Id, string AlarmName, string Component, string Namespace, string Metric, string Statistic,
    IReadOnlyDictionary<string, string> Dimensions, double Threshold, TimeSpan Period, bool Firing, DateTimeOffset At, DateTimeOffset PreviousAt,
    IReadOnlyList<(DateTimeOffset Time, double Value)> Datapoints, string Description, bool HarmsUpwards = true)
{
    public const string Account = "111122223333"; // AWS's own example account: nobody's.
    public const string Region = "eu-west-1";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Arn => $"arn:aws:cloudwatch:{Region}:{Account}:alarm:{AlarmName}";

    public string State => Firing ? "ALARM" : "OK";

    public string PreviousState => Firing ? "OK" : "ALARM";

    /// <summary>The sentence that CloudWatch gives people.</summary>
    public string Reason
    {
        get
        {
            var samples = string.Join(", ", Datapoints.Reverse().Select(s => $"{s.Value:0.0##} ({s.Time:dd/MM/yy HH:mm:ss})"));
            var than = HarmsUpwards ? "greater" : "less";
            return Firing
                ? $"Threshold Crossed: {Datapoints.Count} out of the last {Datapoints.Count} datapoints [{samples}] were {than} than the threshold ({Threshold:0.0##}) (minimum {Datapoints.Count} datapoints for OK -> ALARM transition)."
                : $"Threshold Crossed: {Datapoints.Count} datapoint [{samples}] was not {than} than the threshold ({Threshold:0.0##}).";
        }
    }

    /// <summary>The alarm's own form of time: no colon in the offset.</summary>
    public static string Stamp(DateTimeOffset time)
        => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture) + "+0000";

    /// <summary>A JSON object.</summary>
    public static byte[] Json(Action<Utf8JsonWriter> write)
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

    public byte[] ToEventBridge() => Json(json =>
    {
        json.WriteString("version", "0");
        json.WriteString("id", Id);
        json.WriteString("detail-type", "CloudWatch Alarm State Change");
        json.WriteString("source", "aws.cloudwatch");
        json.WriteString("account", Account);
        json.WriteString("time", At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        json.WriteString("region", Region);
        json.WriteStartArray("resources");
        json.WriteStringValue(Arn);
        json.WriteEndArray();
        json.WriteStartObject("detail");
        json.WriteString("alarmName", AlarmName);
        json.WriteStartObject("state");
        json.WriteString("value", State);
        json.WriteString("reason", Reason);
        json.WriteString("reasonData", ReasonData());
        json.WriteString("timestamp", Stamp(At));
        json.WriteEndObject();
        json.WriteStartObject("previousState");
        json.WriteString("value", PreviousState);
        json.WriteString("reason", Firing ? "Threshold Crossed: no datapoints crossed the threshold." : "Threshold Crossed.");
        json.WriteString("timestamp", Stamp(PreviousAt));
        json.WriteEndObject();
        WriteConfiguration(json);
        json.WriteStartObject("alarmTags");
        json.WriteString("service", Component);
        json.WriteEndObject();
        json.WriteString("alarmTagsStatus", "SUCCESS");
        json.WriteEndObject();
    });

    private void WriteConfiguration(Utf8JsonWriter json)
    {
        json.WriteStartObject("configuration");
        json.WriteString("description", Description);
        json.WriteStartArray("metrics");
        json.WriteStartObject();
        json.WriteString("id", "m1");
        json.WriteStartObject("metricStat");
        json.WriteStartObject("metric");
        json.WriteString("namespace", Namespace);
        json.WriteString("name", Metric);
        json.WriteStartObject("dimensions");
        foreach (var (name, value) in Dimensions)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteNumber("period", (int)Period.TotalSeconds);
        json.WriteString("stat", Statistic);
        json.WriteEndObject();
        json.WriteBoolean("returnData", true);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private string ReasonData() => Encoding.UTF8.GetString(Json(json =>
    {
        json.WriteString("version", "1.0");
        json.WriteString("queryDate", Stamp(At));
        json.WriteString("startDate", Stamp(Datapoints.Count == 0 ? At : Datapoints[0].Time));
        json.WriteString("statistic", Statistic);
        json.WriteNumber("period", (int)Period.TotalSeconds);
        json.WriteStartArray("recentDatapoints");
        foreach (var (_, value) in Datapoints)
        {
            json.WriteNumberValue(Math.Round(value, 3));
        }

        json.WriteEndArray();
        json.WriteNumber("threshold", Threshold);
        json.WriteStartArray("evaluatedDatapoints");
        foreach (var (time, value) in Datapoints.Reverse())
        {
            json.WriteStartObject();
            json.WriteString("timestamp", Stamp(time));
            json.WriteNumber("value", Math.Round(value, 3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }));
}
