using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace Aiops.Mcp.Http;

/// <summary>Why a request isn't answered: HTTP's status, and JSON-RPC's error as its body.</summary>
internal sealed record Refusal(int Status, string Why)
{
    public const int NotJson = -32700;
    public const int NotARequest = -32600;
    public const int WrongParameters = -32602;

    /// <summary>JSON-RPC's.</summary>
    public int Code { get; init; } = NotARequest;

    /// <summary>The request that it answers; null where that isn't known.</summary>
    public RequestId? Id { get; init; }

    /// <summary>When the same may be tried again; null where that can't be said.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            return Task.CompletedTask;
        }

        response.StatusCode = Status;
        response.ContentType = "application/json";
        if (Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        JsonNode? id = Id?.Id switch { long number => number, string text => text, _ => null };
        JsonObject error = new() { ["jsonrpc"] = "2.0", ["id"] = id, ["error"] = new JsonObject { ["code"] = Code, ["message"] = Why } };
        return response.WriteAsync(error.ToJsonString(), context.RequestAborted);
    }
}
