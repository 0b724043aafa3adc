using System.Text;
using System.Text.Json;
using Aiops.Pipeline.Intake.Formats.Alertmanager;
using Aiops.Pipeline.Intake.Formats.CloudWatch;
using Aiops.Pipeline.Intake.Formats.Envelopes;
using Aiops.Pipeline.Intake.Formats.Sns;
using Aiops.Pipeline.Intake.Formats.Webhook;

namespace Aiops.Pipeline.Intake.Formats;

/// <summary>
/// The reading of one body: takes envelopes off until an event's own format shows, known by its keys, and collects what
/// is found. Every step answers null, or the problem that stopped it.
/// </summary>
internal sealed class BodyReading(Delivery outermost)
{
    private readonly List<Trigger> triggers = [];
    private readonly List<UnreadablePart> unreadable = [];
    private SnsEnvelope? envelope;
    private SnsEnvelope? confirmation;

    public ReadEvent Read(ReadOnlyMemory<byte> body)
    {
        if (ReadText(body, outermost, envelopes: 0, inBatch: false) is { } problem)
        {
            return new ReadEvent.Unreadable(problem) { Envelope = envelope };
        }

        return confirmation is { TopicArn: { } topic } asked
            ? new ReadEvent.SubscriptionConfirmation(topic, asked.Token, asked.SubscribeUrl, asked) { Envelope = asked }
            : new ReadEvent.Triggers(triggers, unreadable) { Envelope = envelope };
    }

    private string? ReadText(ReadOnlyMemory<byte> text, Delivery delivery, int envelopes, bool inBatch)
    {
        using var document = JsonText.Parse(text, out var problem);
        return document is null ? problem : ReadElement(document.RootElement, delivery, envelopes, inBatch);
    }

    private string? ReadElement(JsonElement element, Delivery delivery, int envelopes, bool inBatch)
    {
        if (envelopes > EventReader.MaxEnvelopes)
        {
            return $"more than {EventReader.MaxEnvelopes} envelopes around one event: send it with fewer relays";
        }

        return element switch
        {
            { ValueKind: JsonValueKind.Array } => ReadBatch(element, "$", delivery, envelopes, inBatch, ReadElement),
            { ValueKind: not JsonValueKind.Object } => $"$: expected an object, found {element.Describe()}",
            _ when element.Has("detail-type") => Keep(EventBridgeEvent.Read(element, delivery)),
            _ when SnsEnvelope.Fits(element) => ReadSns(element, delivery, envelopes, inBatch),
            _ when element.Has("AlarmName") && element.Has("NewStateValue") => Keep(AlarmMessage.Read(element, delivery)),
            _ when element.Has("alarmData") => Keep(LambdaAlarmAction.Read(element, delivery)),
            _ when element.Has("Records") => ReadBatch(element.Member("Records"), "$.Records", delivery, envelopes, inBatch, ReadRecord),
            _ when HttpRequest.Fits(element) => ReadHttp(element, delivery, envelopes, inBatch),
            _ when SqsRecord.Fits(element) => ReadSqs(element, delivery, envelopes, inBatch),
            _ when AlertGroup.Fits(element) => ReadAlerts(element, delivery, envelopes),
            _ when IncidentWebhook.Fits(element) => Keep(IncidentWebhook.Read(element, delivery)),
            _ when GenericWebhook.Fits(element) => Keep(GenericWebhook.Read(element, "$", delivery)),
            _ => $"not a format that is understood: {element.DescribeKeys()}; see events/README.md",
        };
    }

    private string? Keep(Reading reading)
    {
        if (reading.Trigger is { } trigger)
        {
            triggers.Add(TriggerLimits.Apply(trigger));
        }

        return reading.Problem;
    }

    /// <summary>A batch never fails for one of its members: each bad one is kept apart, with its own bytes.</summary>
    private string? ReadBatch(
        JsonElement batch, string path, Delivery delivery, int envelopes, bool inBatch, Func<JsonElement, Delivery, int, bool, string?> read)
    {
        if (batch.ValueKind != JsonValueKind.Array)
        {
            return $"{path}: expected an array, found {batch.Describe()}";
        }

        var count = batch.GetArrayLength();
        if (count == 0)
        {
            return $"{path}: holds no event";
        }

        if (triggers.Count + unreadable.Count + count > EventReader.MaxEvents)
        {
            return $"{path}: more than {EventReader.MaxEvents:N0} events in one body: send smaller batches";
        }

        var index = 0;
        foreach (var item in batch.EnumerateArray())
        {
            if (read(item, delivery, envelopes + 1, inBatch || count > 1) is { } problem)
            {
                unreadable.Add(new UnreadablePart($"{path}[{index}]", problem, Encoding.UTF8.GetBytes(item.GetRawText())));
            }

            index++;
        }

        return null;
    }

    private string? ReadRecord(JsonElement record, Delivery delivery, int envelopes, bool inBatch)
    {
        if (record.Member("Sns") is { ValueKind: JsonValueKind.Object } message)
        {
            return Within("$.Sns", ReadSns(message, delivery, envelopes - 1, inBatch)); // The list of records and the record are one envelope.
        }

        return SqsRecord.Fits(record)
            ? ReadSqs(record, delivery, envelopes - 1, inBatch)
            : $"not a record of SQS or SNS: {record.DescribeKeys()}";
    }

    private string? ReadSqs(JsonElement record, Delivery delivery, int envelopes, bool inBatch)
        => record.Text("body") is { } body
            ? Within(
                "$.body",
                ReadText(Encoding.UTF8.GetBytes(body), SqsRecord.Delivery(record, delivery), envelopes + 1, inBatch))
            : $"$.body: expected a text, found {record.Member("body").Describe()}";

    private string? ReadHttp(JsonElement request, Delivery delivery, int envelopes, bool inBatch)
        => HttpRequest.Body(request, out var problem) is { } body
            ? Within("$.body", ReadText(body, HttpRequest.Delivery(request, delivery), envelopes + 1, inBatch))
            : problem;

    private string? ReadSns(JsonElement element, Delivery delivery, int envelopes, bool inBatch)
    {
        var message = SnsEnvelope.Read(element);
        envelope ??= inBatch ? null : message;
        switch (message.Type)
        {
            case SnsEnvelope.ConfirmationType when message.TopicArn is null:
                return "$.TopicArn: a subscription confirmation without its topic";
            case SnsEnvelope.ConfirmationType when inBatch:
                return "a subscription confirmation within a batch: read this part alone to answer it";
            case SnsEnvelope.ConfirmationType:
                confirmation = message;
                return null;
            case SnsEnvelope.EndType:
                return $"the subscription to {message.TopicArn?.Quoted(200)} has ended: its alarms no longer arrive; "
                    + "subscribe again if that was not meant";
            case not SnsEnvelope.NotificationType:
                return "$.Type: expected Notification, SubscriptionConfirmation or UnsubscribeConfirmation, "
                    + $"found {element.Member("Type").Describe()}";
        }

        if (message.Message is not { } text)
        {
            return $"$.Message: expected a text, found {element.Member("Message").Describe()}";
        }

        return Within("$.Message", ReadText(Encoding.UTF8.GetBytes(text), message.Delivery(delivery), envelopes + 1, inBatch));
    }

    private string? ReadAlerts(JsonElement element, Delivery delivery, int envelopes)
    {
        var group = new AlertGroup(element, delivery);
        return ReadBatch(element.Member("alerts"), "$.alerts", delivery, envelopes, inBatch: true, (alert, _, _, _) => Keep(group.Read(alert)));
    }

    private static string? Within(string path, string? problem) => problem is null ? null : $"{path} → {problem}";
}
