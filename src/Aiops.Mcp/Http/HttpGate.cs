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

    /// <returns>Why it is refused for the name that it came by or the page that sent it; null where it may go on.</returns>
    public Refusal? RefusesPlace(HttpRequest request)
    {
        if (!IsOurs(request.Host))
        {
            return new Refusal(StatusCodes.Status421MisdirectedRequest, "This server isn't known by that name. --allow-host names others.");
        }

        return request.Headers.Origin is not [] and var origin && !IsWelcome(origin!, request)
            ? new Refusal(StatusCodes.Status403Forbidden, "Pages of that origin may not call this server. --allow-origin names those that may.")
            : null;
    }

    /// <returns>Why it is refused for the token that it has or lacks; null where it may pass, as <paramref name="caller"/>.</returns>
    public Refusal? RefusesCaller(HttpRequest request, out McpCaller? caller)
    {
        caller = null;
        if (request.Headers.Authorization.Count == 0 && options.IsLoopback && (options.Callers is null || IsFromHere(request)))
        {
            return null;
        }

        caller = TokenOf(request) is { } token ? options.Callers?.Invoke(token) : null;
        return caller is null ? new Refusal(StatusCodes.Status401Unauthorized, "A bearer token is needed that the token file knows.") : null;
    }

    public static string? TokenOf(HttpRequest request)
        => request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;

    /// <summary>
    /// Where tokens are known, what a proxy hands on needs one: it reaches us over loopback too. So nobody is nameless here who came by
    /// another's name, for another page, or with the marks of a proxy; nor anybody once names were given for one.
    /// </summary>
    private bool IsFromHere(HttpRequest request)
        => options.Hosts.Count == 0
            && IsLoopback(request.Host.Host)
            && request.Headers.Origin.All(origin => Uri.TryCreate(origin, UriKind.Absolute, out var page) && IsLoopback(page.Host))
            && !request.Headers.Keys.Any(name => name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase) || name.Equals("Via", StringComparison.OrdinalIgnoreCase)
                || name.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase));

    private static bool IsLoopback(string host)
        => string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private bool IsOurs(HostString host)
        => options.Hosts.Contains(host.Host, StringComparer.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address)
                ? address.Equals(options.Listen.Address) || (options.IsLoopback && IPAddress.IsLoopback(address))
                : options.IsLoopback && string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase));

    private bool IsWelcome(Microsoft.Extensions.Primitives.StringValues origin, HttpRequest request)
        => origin is [{ } one] && (options.Origins.Contains(one, StringComparer.OrdinalIgnoreCase) || string.Equals(one, $"http://{request.Host}", StringComparison.OrdinalIgnoreCase));
}
