using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Intake.Formats.Webhook;
using Aiops.Tickets.Http;
using Aiops.Tickets.Notices;
using Aiops.Tickets.Settings;

namespace Aiops.Tickets.Webhook;

/// <summary>
/// Any address that takes JSON, signed as our own intake wants it (<see cref="WebhookSignature"/>), so that one Aiops can tell
/// another. <c>id</c> is the same however often a content is sent: receivers drop what they have.
/// </summary>
public sealed class WebhookChannel(TicketHttp http, ISecret secret, ITicketLedger ledger, TimeProvider time, string path) : LedgerNotices(ledger, $"webhook {path}")
{
    public static NoticeSystemKind Kind { get; } = new("webhook", ["url", "secret"], [], (settings, parts, ledger) => new WebhookChannel(
        new TicketHttp("the webhook", parts.Client(settings["url"]), (_, _) => ValueTask.CompletedTask, parts.Time),
        parts.Secret(settings["secret"], "secret"), ledger, parts.Time, settings["url"]));

    public override string Name => $"webhook {new Uri(http.Address, path).Host}";

    protected override async Task<(string? Conversation, string? Message)> SendAsync(string key, Notice notice, TicketEntry earlier, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(Body(key, notice, earlier.CommentVersion + 1).ToJsonString());
        var signedWith = await secret.ReadAsync(cancellationToken);
        using var answer = await http.SendAsync(() => Request(body, signedWith), [], cancellationToken);
        return (null, null);
    }

    private static JsonObject Body(string key, Notice notice, int version) => new()
    {
        ["id"] = $"{key}/{version.ToString(CultureInfo.InvariantCulture)}",
        ["incidentId"] = key,
        ["version"] = version,
        ["state"] = notice.State.ToString().ToLowerInvariant(),
        ["severity"] = notice.Severity.ToString().ToLowerInvariant(),
        ["title"] = notice.Title,
        ["text"] = notice.Text,
        ["markdown"] = notice.Markdown,
        ["ticketUrl"] = notice.TicketUrl,
        ["reportUrl"] = notice.ReportUrl,
    };

    // Signed anew for each attempt: a receiver takes a timestamp of the last five minutes.
    private HttpRequestMessage Request(byte[] body, string signedWith)
    {
        var timestamp = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation(WebhookSignature.TimestampHeader, timestamp);
        request.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, Convert.ToBase64String(WebhookSignature.Expected(signedWith, timestamp, body)));
        return request;
    }
}
