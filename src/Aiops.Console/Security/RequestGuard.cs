using System.Net;
using Microsoft.AspNetCore.Http;

namespace Aiops.Console.Security;

/// <summary>What every request for a page passes first: the name it came by, where a form came from, and the headers of each answer.</summary>
internal sealed class RequestGuard(ConsoleOptions options)
{
    /// <summary>Nothing but our own style, script, pictures and forms; no frame around us.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static readonly string[] SignsOfProxies = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "Via"];

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        WriteHeaders(context.Response.Headers);
        if (options.PublicAddress is { } address)
        {
            if (!string.Equals(context.Request.Host.Value, address.Authority, StringComparison.OrdinalIgnoreCase))
            {
                await RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, $"This console is at {address}.");
                return;
            }

            context.Request.Scheme = address.Scheme; // The proxy speaks TLS for us: cookies and links go by what people see.
        }
        else if (options.IsLocal && !IsOfThisMachine(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "Without a login this console answers this machine alone, as localhost.");
            return;
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && !IsFromUs(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Forms are taken from the console's own pages alone.");
            return;
        }

        await next(context);
    }

    private static void WriteHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    // Another name that leads here is somebody's DNS playing tricks on a browser; a proxy would let the world in.
    private static bool IsOfThisMachine(HttpRequest request)
        => request.HttpContext.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
            && (string.Equals(request.Host.Host, "localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host)))
            && !SignsOfProxies.Any(request.Headers.ContainsKey);

    // Browsers say where a form comes from. What says nothing isn't a browser, and has no cookie that it doesn't mean to send;
    // the form's token is asked of it all the same.
    private static bool IsFromUs(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"];
        return request.Headers.Origin switch
        {
            [] => site is [] or ["same-origin"],
            ["null"] => site is ["same-origin"], // Our own forms: a page without a referrer has no origin to name either.
            [{ } origin] => string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase) && site is [] or ["same-origin"],
            _ => false,
        };
    }

    private static async Task RefuseAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
