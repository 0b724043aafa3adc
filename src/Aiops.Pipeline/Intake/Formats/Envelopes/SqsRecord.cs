using System.Text.Json;

namespace Aiops.Pipeline.Intake.Formats.Envelopes;

/// <summary>
/// A message from SQS as Lambda hands it over: the body is an EventBridge event (a rule's target), an SNS envelope, or an
/// SNS message alone (raw delivery).
/// </summary>
internal static class SqsRecord
{
    public static bool Fits(JsonElement element)
        => element.Has("body") && (element.Has("messageId") || element.Has("receiptHandle") || element.Text("eventSource") == "aws:sqs");

    public static Delivery Delivery(JsonElement record, Delivery outer)
    {
        var queue = Arn.Parse(record.Text("eventSourceARN"));
        return outer.With(
            record.Text("messageId"),
            EventTime.Read(record.Member("attributes").Member("SentTimestamp")),
            queue?.Account,
            record.Text("awsRegion") ?? queue?.Region);
    }
}
