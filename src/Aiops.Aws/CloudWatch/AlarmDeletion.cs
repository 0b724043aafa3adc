using System.Text.Json;

namespace Aiops.Aws.CloudWatch;

/// <summary>That an alarm was deleted, as EventBridge would have told it; when it was, nobody can say any more.</summary>
internal static class AlarmDeletion
{
    public static byte[] ToBody(string arn, string name, string id, DateTimeOffset seen, ReconcileSettings settings)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter json = new(body))
        {
            json.WriteStartObject();
            json.WriteString("version", "0");
            json.WriteString("id", id);
            json.WriteString("detail-type", "CloudWatch Alarm Configuration Change");
            json.WriteString("source", "aws.cloudwatch");
            json.WriteString("account", settings.Account);
            json.WriteString("time", seen.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"));
            json.WriteString("region", settings.Region);
            json.WriteStartArray("resources");
            json.WriteStringValue(arn);
            json.WriteEndArray();
            json.WriteStartObject("detail");
            json.WriteString("alarmName", name);
            json.WriteString("operation", "delete");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return body.ToArray();
    }
}
