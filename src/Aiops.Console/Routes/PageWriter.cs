using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Aiops.Console.Pages;
using Aiops.Console.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace Aiops.Console.Routes;

/// <summary>Renders a page, whole, with what each page needs of its viewer.</summary>
internal static class PageWriter
{
    /// <param name="parameters">The page's own; the viewer is added.</param>
    public static Task PageAsync<TPage>(HttpContext context, Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        parameters["Viewer"] = ViewerOf(context);
        return RenderAsync<TPage>(context, parameters, status);
    }

    public static Task RenderAsync<TPage>(HttpContext context, Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent
        => new RazorComponentResult<TPage>(parameters) { StatusCode = status, PreventStreamingRendering = true }.ExecuteAsync(context);

    public static Task NotFoundAsync(HttpContext context, string text)
        => NoticeAsync(context, StatusCodes.Status404NotFound, "Not here", text);

    public static Task NoticeAsync(HttpContext context, int status, string title, string text)
    {
        Dictionary<string, object?> parameters = new() { ["Title"] = title, ["Text"] = text };
        if (ConsoleRoles.MayRead(context.User))
        {
            parameters["Viewer"] = ViewerOf(context);
        }

        return RenderAsync<NoticePage>(context, parameters, status);
    }

    /// <summary>304 while it is what the page that asks has.</summary>
    public static async Task WriteIfChangedAsync(HttpContext context, string text, string type)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..20]}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }

    public static Viewer ViewerOf(HttpContext context)
    {
        var form = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        context.Response.Headers.CacheControl = "no-store"; // Antiforgery writes its own.
        var user = context.User;
        return new Viewer(
            user.FindFirstValue(ClaimTypes.Name),
            user.IsInRole(ConsoleRoles.Reviewer),
            user.IsInRole(ConsoleRoles.Approver),
            user.Identity?.AuthenticationType is ConsoleSchemes.Cookie,
            form.FormFieldName,
            form.RequestToken!);
    }
}
