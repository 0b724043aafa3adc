using Aiops.Console.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aiops.Console.Routes;

/// <summary>What was learned: search, and one case with its versions.</summary>
internal static class KnowledgeRoutes
{
    private const int Most = 100;
    private const int LongestText = 200;

    public static async Task SearchAsync(HttpContext context)
    {
        var knowledge = context.RequestServices.GetRequiredService<ConsolePorts>().Knowledge;
        var text = context.Request.Query["q"].ToString().Trim();
        text = text.Length > LongestText ? text[..LongestText] : text;
        await PageWriter.PageAsync<KnowledgePage>(context, new()
        {
            ["Text"] = text,
            ["Hits"] = await knowledge.SearchAsync(text, Most, context.RequestAborted),
            ["Documents"] = await knowledge.DocumentsAsync(text, Most, context.RequestAborted),
        });
    }

    public static async Task ShowAsync(HttpContext context)
    {
        var knowledge = context.RequestServices.GetRequiredService<ConsolePorts>().Knowledge;
        var versions = await knowledge.HistoryAsync(context.Request.RouteValues["id"] as string ?? "", context.RequestAborted);
        if (versions.Count == 0)
        {
            await PageWriter.NotFoundAsync(context, "There is no such case.");
            return;
        }

        await PageWriter.PageAsync<CasePage>(context, new() { ["Versions"] = versions });
    }
}
