using Microsoft.AspNetCore.Http;

namespace Aiops.Mcp.Http;

/// <summary>What a browser has to be told before it lets a page of another origin that was named speak with us.</summary>
internal static class CrossOrigin
{
    /// <summary>A browser asks first, without the page's token, whether the page may.</summary>
    public static bool IsPreflight(HttpRequest request)
        => HttpMethods.IsOptions(request.Method) && request.Headers.Origin.Count > 0 && request.Headers.AccessControlRequestMethod.Count > 0;

    /// <summary>For an origin that is welcome; no other hears anything.</summary>
    public static void Welcome(HttpContext context)
    {
        if (context.Request.Headers.Origin is not [{ } origin])
        {
            return;
        }

        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin;
        headers.Vary = "Origin";
        headers.AccessControlExposeHeaders = $"{RequestChecks.SessionHeader}, WWW-Authenticate, Retry-After";
        if (IsPreflight(context.Request))
        {
            headers.AccessControlAllowMethods = "GET, POST, DELETE";
            headers.AccessControlAllowHeaders
                = $"Authorization, Content-Type, Accept, {RequestChecks.SessionHeader}, {RequestChecks.VersionHeader}, {RequestChecks.LastEventHeader}";
            headers.AccessControlMaxAge = "600";
        }
    }
}
