using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake.Formats;

namespace Aiops.Tests.Pipeline.Intake.Formats;

/// <summary>The same alarm, however it was relayed.</summary>
public class EnvelopesTests
{
    public static TheoryData<string> Events() => [.. SampleEvents.Names.Where(name => Items(SampleEvents.Bytes(name)).Count > 0)];

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_reads_the_same_through_sns_sqs_and_http(string sample)
    {
        var bytes = SampleEvents.Bytes(sample);
        var bare = Facts(bytes);

        Facts(Sqs(bytes)).ShouldBe(bare);
        Facts(Http(bytes, base64: false)).ShouldBe(bare);
        Facts(Http(bytes, base64: true)).ShouldBe(bare);
        Facts(Sns(bytes)).ShouldBe(bare);
        Facts(Sqs(Sns(bytes))).ShouldBe(bare);
    }

    [Fact]
    public void Four_envelopes_come_off_and_a_fifth_is_refused_with_the_path_to_it()
    {
        var body = SampleEvents.Bytes("sns/message-metric.json");
        for (var count = 1; count <= 4; count++)
        {
            body = Sns(body);
        }

        Facts(body).Count.ShouldBe(1);
        new EventReader().Read(Sns(body)).ShouldBeOfType<ReadEvent.Unreadable>().Reason.ShouldBe(
            "$.Message → $.Message → $.Message → $.Message → $.Message → more than 4 envelopes around one event: send it with fewer relays");
    }

    [Fact]
    public void A_bad_record_is_kept_apart_with_its_own_bytes_and_can_be_read_again()
    {
        var read = new EventReader().Read(SampleEvents.Bytes("sqs/batch.json")).ShouldBeOfType<ReadEvent.Triggers>();

        read.Items.Count.ShouldBe(3);
        read.UnreadableParts.Select(part => part.Path).ShouldBe(["$.Records[3]", "$.Records[4]"]);
        foreach (var part in read.UnreadableParts)
        {
            var again = new EventReader().Read(part.Content).ShouldBeOfType<ReadEvent.Unreadable>();
            again.Reason.ShouldBe(part.Reason);
        }
    }

    [Fact]
    public void An_alert_without_a_state_is_kept_apart_from_its_group()
    {
        var group = JsonNode.Parse(SampleEvents.Bytes("alertmanager/group.json"))!;
        group["alerts"]![0]!["status"] = "perhaps";

        var read = Read(group).ShouldBeOfType<ReadEvent.Triggers>();

        read.Items.ShouldHaveSingleItem().State.ShouldBe("resolved");
        var part = read.UnreadableParts.ShouldHaveSingleItem();
        part.ShouldSatisfyAllConditions(
            () => part.Path.ShouldBe("$.alerts[0]"),
            () => part.Reason.ShouldBe("$.status: expected firing or resolved, found the text \"perhaps\""),
            () => Encoding.UTF8.GetString(part.Content.Span).ShouldStartWith("{"));
    }

    [Fact]
    public void A_list_of_events_is_read_one_by_one()
    {
        var list = new JsonArray(Node("cloudwatch/alarm-metric.json"), Node("sqs/single-record.json"), JsonValue.Create(7));

        var read = Read(list).ShouldBeOfType<ReadEvent.Triggers>();

        read.Items.Count.ShouldBe(2);
        read.UnreadableParts.ShouldHaveSingleItem().Reason.ShouldBe("$: expected an object, found the number 7");
    }

    [Fact]
    public void A_confirmation_by_a_queue_is_one_and_within_a_batch_is_kept_to_be_read_alone()
    {
        var record = JsonNode.Parse(Sqs(SampleEvents.Bytes("sns/subscription-confirmation.json")))!["Records"]![0]!;
        Read(new JsonObject { ["Records"] = new JsonArray(record.DeepClone()) }).ShouldBeOfType<ReadEvent.SubscriptionConfirmation>();

        var batch = Read(new JsonObject { ["Records"] = new JsonArray(record.DeepClone(), record.DeepClone()) }).ShouldBeOfType<ReadEvent.Triggers>();

        batch.UnreadableParts.Count.ShouldBe(2);
        new EventReader().Read(batch.UnreadableParts[0].Content).ShouldBeOfType<ReadEvent.SubscriptionConfirmation>();
    }

    [Fact]
    public void The_envelope_to_verify_comes_with_what_was_read()
    {
        new EventReader().Read(SampleEvents.Bytes("sns/envelope.json")).Envelope!.MessageId.ShouldBe("8d1f6b1e-94b5-5a0c-8e6b-3a2f1e0d9c01");
        new EventReader().Read(Http(SampleEvents.Bytes("sns/envelope-text.json"), base64: true)).Envelope!.Subject.ShouldBe("pipeline");
        new EventReader().Read(SampleEvents.Bytes("cloudwatch/alarm-metric.json")).Envelope.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"body":"@@@","isBase64Encoded":true,"requestContext":{}}""", "$.body: said to be base64 and isn't")]
    [InlineData("""{"body":null,"isBase64Encoded":false}""", "$.body: expected a text, found nothing")]
    [InlineData("""{"Records":[{"eventSource":"aws:s3","s3":{}}]}""", "not a record of SQS or SNS: keys seen are \"eventSource\", \"s3\"")]
    [InlineData("""{"detail-type":"EC2 Instance State-change Notification","source":"aws.ec2","detail":{}}""", "not an event that is understood: detail-type \"EC2 Instance State-change Notification\" of source \"aws.ec2\"; see events/README.md, and narrow the rule that sends it")]
    [InlineData("""{"detail-type":"CloudWatch Alarm State Change","detail":"x"}""", "$.detail: expected an object, found the text \"x\"")]
    public void What_is_wrong_with_an_envelope_is_named(string body, string reason)
    {
        var read = new EventReader().Read(Encoding.UTF8.GetBytes(body));
        var found = read is ReadEvent.Triggers { UnreadableParts: [var part] } ? part.Reason : ((ReadEvent.Unreadable)read).Reason;
        found.ShouldBe(reason);
    }

    private static List<(string, string, TriggerCondition, DateTimeOffset, string?)> Facts(byte[] body)
        => [.. Items(body).Select(trigger => (trigger.Subject, trigger.State, trigger.Condition, trigger.OccurredAt, trigger.Component))];

    private static IReadOnlyList<Trigger> Items(byte[] body) => new EventReader().Read(body) is ReadEvent.Triggers triggers ? triggers.Items : [];

    private static ReadEvent Read(JsonNode body) => new EventReader().Read(Encoding.UTF8.GetBytes(body.ToJsonString()));

    private static JsonNode Node(string sample) => JsonNode.Parse(SampleEvents.Bytes(sample))!;

    private static byte[] Sns(byte[] message) => Bytes(new JsonObject
    {
        ["Type"] = "Notification",
        ["MessageId"] = "m-1",
        ["TopicArn"] = "arn:aws:sns:eu-central-1:222233334444:quillbay-alarms",
        ["Message"] = Encoding.UTF8.GetString(message),
        ["Timestamp"] = "2026-05-09T15:00:00.000Z",
    });

    private static byte[] Sqs(byte[] message) => Bytes(new JsonObject
    {
        ["Records"] = new JsonArray(new JsonObject
        {
            ["messageId"] = "q-1",
            ["body"] = Encoding.UTF8.GetString(message),
            ["eventSource"] = "aws:sqs",
            ["awsRegion"] = "eu-central-1",
        }),
    });

    private static byte[] Http(byte[] message, bool base64) => Bytes(new JsonObject
    {
        ["requestContext"] = new JsonObject { ["accountId"] = "anonymous" },
        ["body"] = base64 ? Convert.ToBase64String(message) : Encoding.UTF8.GetString(message),
        ["isBase64Encoded"] = base64,
    });

    private static byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node);
}
