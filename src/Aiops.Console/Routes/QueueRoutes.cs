using Aiops.Console.Pages;
using Aiops.Console.Reading;
using Aiops.Pipeline.Intake;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aiops.Console.Routes;

/// <summary>Which alarm went where, and why.</summary>
internal static class QueueRoutes
{
    private const int Most = 200;
    private const int LongestName = 2_048;

    public static async Task ShowAsync(HttpContext context)
        => await PageWriter.PageAsync<QueuePage>(context, new()
        {
            ["Queue"] = await QueueView.ReadAsync(context.RequestServices.GetRequiredService<ConsolePorts>(), context.Request.Query["last"], context.RequestAborted),
        });

    public static async Task ExplainAsync(HttpContext context)
    {
        var incidents = context.RequestServices.GetRequiredService<ConsolePorts>().Incidents;
        var asked = context.Request.Query["alarm"].ToString().Trim();
        asked = asked.Length > LongestName ? asked[..LongestName] : asked;
        IReadOnlyList<TriggerDecision> decisions = [];
        DecisionFilter[] filters = asked.Length == 0 ? [] :
            [new() { Subject = asked, Max = Most }, new() { IncidentId = asked, Max = Most }, new() { SourceId = asked, Max = Most }];
        foreach (var filter in filters)
        {
            decisions = await incidents.ListDecisionsAsync(filter, context.RequestAborted);
            if (decisions.Count > 0)
            {
                break;
            }
        }

        await PageWriter.PageAsync<ExplainPage>(context, new() { ["Asked"] = asked, ["Decisions"] = decisions });
    }
}
