using System.Text.Json;

namespace Aiops.Pipeline.Intake.Formats.CloudWatch;

/// <summary>An alarm's Lambda action: as the event of EventBridge, in an envelope of its own that has no id.</summary>
internal static class LambdaAlarmAction
{
    public static Reading Read(JsonElement root, Delivery outer)
    {
        if (root.Member("alarmData") is not { ValueKind: JsonValueKind.Object } alarm)
        {
            return Reading.Expected("$.alarmData", "an object", root.Member("alarmData"));
        }

        var delivery = outer.With(null, EventTime.Read(root.Member("time")), root.Scalar("accountId"), root.Text("region"));
        return AlarmStateChange.Read(alarm, "$.alarmData", root.Text("alarmArn"), delivery);
    }
}
