using System.Net;
using Microsoft.AspNetCore.Http;

namespace Aiops.Mcp.Http;

/// <summary>
/// What every request passes first. The name that it came by and the page that sent it, against browsers whose DNS was played
/// with; and the token.
/// </summary>
internal sealed class HttpGate(McpHttpOptions options)
{
    private const string Bearer = "Bearer ";

    /// <returns>Why it is refused, with the status; null where it may pass, as <paramref name="caller"/>.</returns>
    public (int Status, string Why)? Refuses(HttpRequest request, out McpCaller? caller)
    {
        caller = null;
        if (!IsOurs(request.Host))
        {
            return (StatusCodes.Status421MisdirectedRequest, "This server isn't known by that name. --allow-host names others.");
        }

        if (request.Headers.Origin is not [] and var origin && !IsWelcome(origin!, request))
        {
            return (StatusCodes.Status403Forbidden, "Pages of that origin may not call this server. --allow-origin names those that may.");
        }

        if (request.Headers.Authorization.Count == 0 && options.IsLoopback)
        {
            return null;
        }

        caller = TokenOf(request) is { } token ? options.Callers?.Invoke(token) : null;
        return caller is null ? (StatusCodes.Status401Unauthorized, "A bearer token is needed that the token file knows.") : null;
    }

    public static string? TokenOf(HttpRequest request)
        => request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;

    private bool IsOurs(HostString host)
        => options.Hosts.Contains(host.Host, StringComparer.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address)
                ? address.Equals(options.Listen.Address) || (options.IsLoopback && IPAddress.IsLoopback(address))
                : options.IsLoopback && string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase));

    private bool IsWelcome(Microsoft.Extensions.Primitives.StringValues origin, HttpRequest request)
        => origin is [{ } one] && (options.Origins.Contains(one, StringComparer.OrdinalIgnoreCase) || string.Equals(one, $"http://{request.Host}", StringComparison.OrdinalIgnoreCase));
}
