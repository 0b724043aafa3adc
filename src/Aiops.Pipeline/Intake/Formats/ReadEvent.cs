using Aiops.Pipeline.Intake.Formats.Sns;

namespace Aiops.Pipeline.Intake.Formats;

/// <summary>What a body turned out to be: a closed set.</summary>
public abstract record ReadEvent
{
    private ReadEvent() { }

    /// <summary>
    /// The SNS envelope that the body came in, to be verified before the rest is believed where the sender is not known
    /// otherwise (HTTP); null when there was none, or when it came inside a batch that its queue already vouches for.
    /// </summary>
    public SnsEnvelope? Envelope { get; init; }

    /// <summary>
    /// One body may hold many events (SQS and SNS records, an Alertmanager group). A bad one is reported alone and the rest
    /// kept: never both lists empty.
    /// </summary>
    public sealed record Triggers(IReadOnlyList<Trigger> Items, IReadOnlyList<UnreadablePart> UnreadableParts) : ReadEvent;

    /// <summary>
    /// SNS asks whether a subscription is wanted: visit the address only when <see cref="SnsSubscriptionPolicy"/> allows it.
    /// </summary>
    public sealed record SubscriptionConfirmation(
        string TopicArn, string? Token, string? SubscribeUrl, SnsEnvelope Message) : ReadEvent;

    /// <summary>Nothing of the body can be used: the reason names the place, what was found and what was expected.</summary>
    public sealed record Unreadable(string Reason) : ReadEvent;
}

/// <summary>One record of a batch that could not be read.</summary>
/// <param name="Path">Where it stood in the body, as a JSON path.</param>
/// <param name="Content">Its own bytes, which can be read again alone.</param>
public sealed record UnreadablePart(string Path, string Reason, ReadOnlyMemory<byte> Content);
