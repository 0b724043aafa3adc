using Aiops.Aws.SecretsManager;
using Aiops.Functions.Running;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Formats.Webhook;
using Aiops.Pipeline.Intake.Queue;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;

namespace Aiops.Functions.Intake;

/// <summary>The one address that anyone may post to: signed webhooks alone are let in, by the signature that <c>aiops serve</c> takes too.</summary>
public sealed class ReceiveEventFunction(FunctionRun run, EventDoor door, IWebhookSecret secret, TimeProvider time)
{
    [LambdaFunction]
    [HttpApi(LambdaHttpMethod.Post, "/events")]
    public Task<IHttpResult> ReceiveEvent(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context)
        => run.RunAsync(context, token => TakeAsync(request, token));

    private async Task<IHttpResult> TakeAsync(APIGatewayHttpApiV2ProxyRequest request, CancellationToken cancellationToken)
    {
        var body = HttpBody.Of(request);
        if (body.Length > IncomingEvent.MaxBodyBytes)
        {
            return Refused(System.Net.HttpStatusCode.RequestEntityTooLarge, $"an event has {IncomingEvent.MaxBodyBytes} bytes at most");
        }

        if (HeaderOf(request, WebhookSignature.SignatureHeader) is not { } signature)
        {
            return Refused(System.Net.HttpStatusCode.Unauthorized, $"the header {WebhookSignature.SignatureHeader} is missing");
        }

        var key = await secret.CurrentAsync(cancellationToken);
        if (WebhookSignature.Problem(key, HeaderOf(request, WebhookSignature.TimestampHeader), signature, body, time.GetUtcNow()) is { } problem)
        {
            return Refused(System.Net.HttpStatusCode.Forbidden, problem);
        }

        var messageId = await door.AdmitAsync(body, "webhook", cancellationToken);
        return HttpResults.NewResult(System.Net.HttpStatusCode.Accepted, $$"""{"messageId":"{{messageId}}"}""").AddHeader("content-type", "application/json");
    }

    private static string? HeaderOf(APIGatewayHttpApiV2ProxyRequest request, string name)
        => request.Headers is { } headers && headers.TryGetValue(name, out var value) ? value : null;

    // The texts are ours, so nothing of the sender's comes back.
    private static IHttpResult Refused(System.Net.HttpStatusCode status, string error)
        => HttpResults.NewResult(status, $$"""{"error":"{{error}}"}""").AddHeader("content-type", "application/json");
}
