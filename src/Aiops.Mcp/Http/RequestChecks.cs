using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Aiops.Mcp.Http;

/// <summary>What the protocol asks of a request's headers.</summary>
internal static class RequestChecks
{
    public const string SessionHeader = "Mcp-Session-Id";
    public const string VersionHeader = "MCP-Protocol-Version";
    public const string LastEventHeader = "Last-Event-ID";

    /// <summary>Of the protocol, oldest first.</summary>
    public static readonly IReadOnlyList<string> Versions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

    /// <summary>The version that is spoken from now on; without the header it is whatever was agreed on at the beginning.</summary>
    public static Refusal? OfVersion(HttpRequest request)
        => request.Headers[VersionHeader] is [] || (request.Headers[VersionHeader] is [{ } version] && Versions.Contains(version))
            ? null
            : new Refusal(StatusCodes.Status400BadRequest, $"This server speaks {string.Join(", ", Versions)}.");

    public static Refusal? OfPost(HttpRequest request) => request switch
    {
        _ when !IsJson(request) => new Refusal(StatusCodes.Status415UnsupportedMediaType, "Send application/json, in UTF-8 and not compressed."),
        _ when !Accepts(request, "application/json") || !Accepts(request, "text/event-stream")
            => new Refusal(StatusCodes.Status406NotAcceptable, "Accept both application/json and text/event-stream."),
        _ => null,
    };

    public static Refusal? OfGet(HttpRequest request) => request switch
    {
        _ when !Accepts(request, "text/event-stream") => new Refusal(StatusCodes.Status406NotAcceptable, "Accept text/event-stream."),
        _ when request.Headers.ContainsKey(LastEventHeader)
            => new Refusal(StatusCodes.Status400BadRequest, $"Events bear no ids here, and none is told again. Listen without {LastEventHeader}."),
        _ => null,
    };

    private static bool IsJson(HttpRequest request)
        => request.GetTypedHeaders().ContentType is { } type
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            && request.Headers.ContentEncoding.All(encoding => string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase));

    private static bool Accepts(HttpRequest request, string type)
        => request.GetTypedHeaders().Accept.Any(accepted => accepted.MatchesMediaType(type) && accepted.Quality is not 0);
}
