using System.Security.Cryptography;
using System.Text;
using Aiops.Pipeline.Intake.Formats.Webhook;
using Microsoft.AspNetCore.Http;

namespace Aiops.Cli.Serve;

/// <summary>How each ticket system signs its webhooks.</summary>
/// <remarks>
/// "Validating webhook deliveries" (docs.github.com): <c>X-Hub-Signature-256</c>. "Webhooks" (developer.atlassian.com, secure admin
/// webhooks): <c>X-Hub-Signature</c>, of the same shape. Both are <c>sha256=</c> and hexadecimal HMAC-SHA256 of the body, without a
/// time: a repeat can't be told from the first, and does no more. ServiceNow signs nothing by itself; a business rule signs as
/// our own webhooks are. Redmine sends none.
/// </remarks>
internal static class HookSignature
{
    private const string Prefix = "sha256=";

    /// <returns>Null when it is good; else what is wrong.</returns>
    public static string? Problem(string system, string secret, HttpRequest request, ReadOnlySpan<byte> body, DateTimeOffset now) => system switch
    {
        "github" => OfHub("X-Hub-Signature-256", secret, request, body),
        "jira" => OfHub("X-Hub-Signature", secret, request, body),
        _ => request.Headers[WebhookSignature.SignatureHeader] is [{ } signature]
            ? WebhookSignature.Problem(secret, request.Headers[WebhookSignature.TimestampHeader] is [{ } one] ? one : null, signature, body, now)
            : $"{WebhookSignature.SignatureHeader} is missing",
    };

    private static string? OfHub(string header, string secret, HttpRequest request, ReadOnlySpan<byte> body)
    {
        if (request.Headers[header] is not [{ } given] || !given.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return $"{header} is missing, or not of SHA-256";
        }

        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given[Prefix.Length..].ToLowerInvariant()), Encoding.UTF8.GetBytes(expected))
            ? null
            : $"{header} doesn't fit the body";
    }
}
