using System.Net;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Intake.Formats.Sns;
using Aiops.Pipeline.Intake.Formats.Webhook;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aiops.Cli.Serve;

/// <summary>
/// Takes one posted event: finds out whether its sender is to be believed, and lets it in. What can't be read is let in too;
/// the consumer sets it aside with the reason.
/// </summary>
internal sealed partial class EventIntake(
    EventServerOptions options,
    EventReader reader,
    EventDoor door,
    SnsGate gate,
    SubscriptionConfirmations confirmations,
    TimeProvider time,
    ILogger<EventIntake> logger)
{
    private readonly SenderCheck senders = new(options);

    public async Task<Answer> TakeAsync(EventRoute route, HttpRequest request, CancellationToken cancellationToken)
    {
        var refusal = senders.Refusal(route, request);
        if (refusal is not null && !MayBeSigned(route, request))
        {
            LogRefused(route.Path, request.HttpContext.Connection.RemoteIpAddress, refusal.Members[0].Value);
            return refusal; // Before its body is read.
        }

        if (request.Headers.ContentEncoding is not ([] or ["identity" or ""]))
        {
            return Answer.Refused(StatusCodes.Status415UnsupportedMediaType, "the body is compressed", "Send it without Content-Encoding.");
        }

        if (await RequestBody.ReadAsync(request, cancellationToken) is not { } body)
        {
            return Answer.TooLarge();
        }

        return await JudgeAsync(route, request, body, refusal, cancellationToken) is { } otherwise
            ? otherwise
            : await AdmitAsync(route, body, cancellationToken);
    }

    private bool MayBeSigned(EventRoute route, HttpRequest request)
        => route == EventRoute.Sns
            || (route == EventRoute.Webhook && options.WebhookSecret is not null && Signature(request) is not null);

    /// <summary>Null when the event is to be let in.</summary>
    private async Task<Answer?> JudgeAsync(
        EventRoute route, HttpRequest request, byte[] body, Answer? refusal, CancellationToken cancellationToken)
    {
        var remote = request.HttpContext.Connection.RemoteIpAddress;
        if (route == EventRoute.Webhook && options.WebhookSecret is { } secret && Signature(request) is { } signature)
        {
            if (WebhookSignature.Problem(secret, Timestamp(request), signature, body, time.GetUtcNow()) is { } problem)
            {
                LogRefused(route.Path, remote, problem);
                return Answer.Refused(
                    StatusCodes.Status403Forbidden, problem, "Sign TIMESTAMP:BODY with HMAC-SHA256 and the secret, in base64; see docs/http-intake.md.");
            }

            refusal = null;
        }

        var read = reader.Read(body, time.GetUtcNow());
        if (read.Envelope is { } envelope)
        {
            var answer = await JudgeAsync(envelope, read, route, remote, cancellationToken);
            return answer ?? (route == EventRoute.Sns ? null : refusal);
        }

        if (refusal is not null)
        {
            LogRefused(route.Path, remote, "not a signed SNS message, and no token");
            return refusal;
        }

        return null;
    }

    private async Task<Answer?> JudgeAsync(
        SnsEnvelope envelope, ReadEvent read, EventRoute route, IPAddress? remote, CancellationToken cancellationToken)
    {
        switch (await gate.JudgeAsync(envelope, cancellationToken))
        {
            case SnsVerdict.Refused refused:
                LogRefused(route.Path, remote, refused.Reason);
                return Answer.Refused(
                    StatusCodes.Status403Forbidden,
                    $"the SNS message is refused: {refused.Reason}",
                    "Start the server with the topic's ARN among the allowed topics, and let SNS itself send.");
            case SnsVerdict.Undecided undecided:
                LogUndecided(undecided.Reason);
                return Answer.Later($"the SNS message can't be verified now: {undecided.Reason}");
        }

        return read is ReadEvent.SubscriptionConfirmation ? await ConfirmAsync(envelope, cancellationToken) : null;
    }

    private async Task<Answer> ConfirmAsync(SnsEnvelope envelope, CancellationToken cancellationToken)
    {
        switch (await confirmations.ConfirmAsync(envelope, cancellationToken))
        {
            case ConfirmationOutcome.Confirmed:
                LogConfirmed(envelope.TopicArn!);
                return new Answer(StatusCodes.Status200OK, ("confirmed", envelope.TopicArn!));
            case ConfirmationOutcome.Refused refused:
                LogNotConfirmed(envelope.TopicArn, refused.Reason);
                return Answer.Refused(StatusCodes.Status403Forbidden, refused.Reason, "Subscribe again from the topic itself.");
            default:
                LogNotConfirmed(envelope.TopicArn, "its address wasn't reached or refused");
                return Answer.Later("the subscription couldn't be confirmed: SNS wasn't reached or refused");
        }
    }

    private async Task<Answer> AdmitAsync(EventRoute route, byte[] body, CancellationToken cancellationToken)
    {
        var messageId = await door.AdmitAsync(body, route.Format, cancellationToken);
        LogTaken(messageId, route.Path, body.Length);
        return Answer.Taken(messageId);
    }

    private static string? Signature(HttpRequest request) => request.Headers[WebhookSignature.SignatureHeader] is [{ } one] ? one : null;

    private static string? Timestamp(HttpRequest request) => request.Headers[WebhookSignature.TimestampHeader] is [{ } one] ? one : null;

    [LoggerMessage(Level = LogLevel.Debug, Message = "Took {MessageId} at {Path}, {Size} bytes")]
    private partial void LogTaken(string messageId, string path, int size);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused an event at {Path} from {Remote}: {Reason}")]
    private partial void LogRefused(string path, IPAddress? remote, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An SNS message couldn't be verified and is to be sent again: {Reason}")]
    private partial void LogUndecided(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Subscribed to {Topic}")]
    private partial void LogConfirmed(string topic);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Didn't subscribe to {Topic}: {Reason}")]
    private partial void LogNotConfirmed(string? topic, string reason);
}
