using System.Security.Claims;
using Aiops.Console.Pages;
using Aiops.Console.Reading;
using Aiops.Pipeline;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aiops.Console.Routes;

/// <summary>Incidents, one incident, and its review.</summary>
internal static class IncidentRoutes
{
    private static ConsolePorts Ports(HttpContext context) => context.RequestServices.GetRequiredService<ConsolePorts>();

    private static IncidentDigests Digests(HttpContext context) => context.RequestServices.GetRequiredService<IncidentDigests>();

    public static async Task ListAsync(HttpContext context)
        => await PageWriter.PageAsync<IncidentsPage>(context, new() { ["List"] = await ReadAsync(context) });

    /// <summary>The rows alone, for a page that is open already; 304 while they are what it has.</summary>
    public static async Task FragmentAsync(HttpContext context)
    {
        var list = await ReadAsync(context);
        await using var renderer = new HtmlRenderer(context.RequestServices, context.RequestServices.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<IncidentRows>(
            ParameterView.FromDictionary(new Dictionary<string, object?> { ["List"] = list }))).ToHtmlString());
        await PageWriter.WriteIfChangedAsync(context, html, "text/html; charset=utf-8");
    }

    public static async Task ShowAsync(HttpContext context)
    {
        if (await ViewAsync(context) is not { } view)
        {
            await NoSuchIncidentAsync(context);
            return;
        }

        await PageWriter.PageAsync<IncidentPage>(context, new() { ["View"] = view, ["Form"] = ReviewForm.Of(view.Digest.Outcome) });
    }

    /// <summary>What tells whether the page of an incident is still what it was.</summary>
    public static async Task StampAsync(HttpContext context)
    {
        if (await Ports(context).Incidents.FindAsync(Id(context), context.RequestAborted) is not { } incident)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var digest = await Digests(context).ReadAsync(incident, context.RequestAborted);
        await PageWriter.WriteIfChangedAsync(context, IncidentView.Stamp(digest), "text/plain; charset=utf-8");
    }

    public static async Task ReviewAsync(HttpContext context)
    {
        if (await ViewAsync(context) is not { Report: not null } view)
        {
            await NoSuchIncidentAsync(context);
            return;
        }

        var ports = Ports(context);
        var said = ReviewForm.Of(await context.Request.ReadFormAsync(context.RequestAborted));
        var (form, outcome) = said.Judge(view, context.User.FindFirstValue(ClaimTypes.Name), ports.Time.GetUtcNow());
        if (outcome is null)
        {
            await PageWriter.PageAsync<IncidentPage>(context, new() { ["View"] = view, ["Form"] = form }, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        await ports.Reviews.TakeAsync(view.Incident, outcome, CancellationToken.None); // Whoever sent it may leave; the review is theirs all the same.
        Digests(context).Forget(view.Incident.Id);
        var learned = outcome.Verdict is Verdict.Confirmed or Verdict.Corrected ? "?learned=yes" : "";
        context.Response.StatusCode = StatusCodes.Status303SeeOther; // Loading the next page again sends nothing twice.
        context.Response.Headers.Location = $"/incidents/{Uri.EscapeDataString(view.Incident.Id)}/thanks{learned}";
    }

    public static async Task ThankAsync(HttpContext context)
    {
        var ports = Ports(context);
        if (await ports.Incidents.FindAsync(Id(context), context.RequestAborted) is not { } incident)
        {
            await NoSuchIncidentAsync(context);
            return;
        }

        var digest = await Digests(context).ReadAsync(incident, context.RequestAborted);
        var newest = await Digests(context).ReadAsync(await ports.Incidents.ListAsync(null, 100, context.RequestAborted), context.RequestAborted);
        await PageWriter.PageAsync<ThanksPage>(context, new()
        {
            ["Digest"] = digest,
            ["Learned"] = context.Request.Query["learned"] == "yes",
            ["Next"] = newest.FirstOrDefault(other => other.Incident.Id != incident.Id && !other.IsReviewed && other.Round > 0),
        });
    }

    private static Task<IncidentList> ReadAsync(HttpContext context)
        => IncidentList.ReadAsync(
            Ports(context).Incidents, Digests(context), IncidentQuery.Of(context.Request.Query), Ports(context).Time.GetUtcNow(), context.RequestAborted);

    private static Task<IncidentView?> ViewAsync(HttpContext context)
        => IncidentView.ReadAsync(Ports(context), Digests(context), Id(context), context.RequestAborted);

    private static string Id(HttpContext context) => context.Request.RouteValues["id"] as string ?? "";

    private static Task NoSuchIncidentAsync(HttpContext context)
        => PageWriter.NotFoundAsync(context, "There is no such incident, or nothing of it to judge.");
}
