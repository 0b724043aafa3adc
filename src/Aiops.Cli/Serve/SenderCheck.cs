using System.Net;
using System.Security.Cryptography;
using System.Text;
using Aiops.Pipeline.Intake.Formats.Webhook;
using Microsoft.AspNetCore.Http;

namespace Aiops.Cli.Serve;

/// <summary>
/// Whether a sender may post what carries no signature: with the token where there is one, else from this machine alone.
/// </summary>
internal sealed class SenderCheck(EventServerOptions options)
{
    private const string Scheme = "Bearer ";

    // A page in a browser reaches this machine's ports too, and so does the world through a proxy; both give themselves away.
    private static readonly string[] SignsOfOthers = ["Origin", "Sec-Fetch-Site", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "Via"];

    private readonly byte[]? expected = options.Token is { } token ? Digest(token) : null;

    /// <summary>Null when it may; needs no more than the request's head.</summary>
    public Answer? Refusal(EventRoute route, HttpRequest request)
    {
        if (expected is not null)
        {
            return HasToken(request, expected) ? null : Unauthorized(
                request.Headers.Authorization.Count == 0 ? "a token is needed" : "the token is wrong",
                "Send the header Authorization: Bearer TOKEN, with the token that the server was started with.");
        }

        if (route == EventRoute.Webhook && options.WebhookSecret is not null)
        {
            return Unauthorized("the webhook is not signed", $"Send the headers {WebhookSignature.SignatureHeader} and {WebhookSignature.TimestampHeader}.");
        }

        return IsOfThisMachine(request) ? null : Answer.Refused(
            StatusCodes.Status403Forbidden,
            "without a token only programs on this machine may post, directly and not from a browser",
            "Start the server with a token and send it as Authorization: Bearer TOKEN.");
    }

    private static bool HasToken(HttpRequest request, byte[] expected)
        => request.Headers.Authorization is [{ } said]
            && said.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Digest(said[Scheme.Length..].Trim()), expected);

    /// <summary>Of one length, whatever the token's, so that comparing them tells nothing of it.</summary>
    private static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static bool IsOfThisMachine(HttpRequest request)
        => request.HttpContext.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
            && IsLoopback(request.Host.Host) // Another name that leads here is somebody's DNS playing tricks on a browser.
            && !SignsOfOthers.Any(request.Headers.ContainsKey);

    private static bool IsLoopback(string host)
        => string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static Answer Unauthorized(string error, string remedy)
        => Answer.Refused(StatusCodes.Status401Unauthorized, error, remedy) with { Header = ("WWW-Authenticate", "Bearer") };
}
