using Aiops.Console.Accuracy;
using Aiops.Console.Pages;
using Aiops.Console.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aiops.Console.Routes;

/// <summary>How often the analysis was right, from what reviewers said.</summary>
internal static class AccuracyRoutes
{
    private const int MostRead = 2_000;

    public static async Task ShowAsync(HttpContext context)
    {
        var ports = context.RequestServices.GetRequiredService<ConsolePorts>();
        var digests = context.RequestServices.GetRequiredService<IncidentDigests>();
        var all = await ports.Incidents.ListAsync(null, MostRead, context.RequestAborted);
        await PageWriter.PageAsync<AccuracyPage>(context, new()
        {
            ["Accuracy"] = AccuracyOverTime.Of(await digests.ReadAsync(all, context.RequestAborted)),
            ["Model"] = await ModelMonth.ReadAsync(ports.Documents, all, ports.Time.GetUtcNow(), context.RequestAborted),
        });
    }
}
