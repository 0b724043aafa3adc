using System.Text.Json;

namespace Aiops.Pipeline.Intake.Formats.Sns;

/// <summary>
/// What SNS puts around a message, over HTTP, SQS and Lambda alike; nothing in it is verified (<see cref="SnsSignature"/>).
/// </summary>
public sealed record SnsEnvelope
{
    public const string NotificationType = "Notification";
    public const string ConfirmationType = "SubscriptionConfirmation";
    public const string EndType = "UnsubscribeConfirmation";

    public string? Type { get; init; }

    public string? MessageId { get; init; }

    public string? TopicArn { get; init; }

    public string? Subject { get; init; }

    public string? Message { get; init; }

    /// <summary>As it was signed, not as a time.</summary>
    public string? Timestamp { get; init; }

    /// <summary>1 is SHA-1, 2 is SHA-256.</summary>
    public string? SignatureVersion { get; init; }

    public string? Signature { get; init; }

    public string? SigningCertUrl { get; init; }

    /// <summary>Only in a (un)subscription's confirmation.</summary>
    public string? Token { get; init; }

    /// <inheritdoc cref="Token"/>
    public string? SubscribeUrl { get; init; }

    internal static bool Fits(JsonElement element)
        => element.Has("Type") && element.Has("Message") && (element.Has("MessageId") || element.Has("TopicArn"));

    /// <summary>Both spellings: <c>SigningCertURL</c> over HTTP, <c>SigningCertUrl</c> in a Lambda record.</summary>
    internal static SnsEnvelope Read(JsonElement element) => new()
    {
        Type = element.Text("Type"),
        MessageId = element.Text("MessageId"),
        TopicArn = element.Text("TopicArn"),
        Subject = element.Text("Subject"),
        Message = element.Member("Message") is { ValueKind: JsonValueKind.String } message ? message.GetString() : null,
        Timestamp = element.Text("Timestamp"),
        SignatureVersion = element.Scalar("SignatureVersion"),
        Signature = element.Text("Signature"),
        SigningCertUrl = element.Text("SigningCertURL", "SigningCertUrl"),
        Token = element.Text("Token"),
        SubscribeUrl = element.Text("SubscribeURL", "SubscribeUrl"),
    };

    /// <summary>An alarm's action must be a topic of its own Region, so the topic's ARN tells it where the alarm doesn't.</summary>
    internal Delivery Delivery(Delivery outer)
    {
        var topic = Arn.Parse(TopicArn);
        return outer.With(MessageId, EventTime.Parse(Timestamp), topic?.Account, topic?.Region);
    }
}
