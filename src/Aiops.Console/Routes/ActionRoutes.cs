using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Aiops.Console.Pages;
using Aiops.Console.Reading;
using Aiops.Console.Security;
using Aiops.Pipeline.Act;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aiops.Console.Routes;

/// <summary>Recommended actions on their way from a proposal to a check. What may be done is the desk's to say; here only who asks.</summary>
internal static class ActionRoutes
{
    private const string ParameterField = "set.";
    private const int LongestReason = 500;

    private static ConsolePorts Ports(HttpContext context) => context.RequestServices.GetRequiredService<ConsolePorts>();

    private static string Id(HttpContext context) => context.Request.RouteValues["id"] as string ?? "";

    /// <summary>A request's id, given to a form with its page: a form that is sent twice asks once.</summary>
    public static string NewId(DateTimeOffset now)
        => $"ACT-{now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    public static async Task ListAsync(HttpContext context)
        => await PageWriter.PageAsync<ActionsPage>(context, new() { ["View"] = await ActionsView.ReadAsync(Ports(context).Actions, context.RequestAborted) });

    public static Task ShowAsync(HttpContext context) => ShowAsync(context, problem: null);

    public static async Task StampAsync(HttpContext context)
    {
        if (await Ports(context).Actions.ShowAsync(Id(context), context.RequestAborted) is not { } request)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await PageWriter.WriteIfChangedAsync(context, ActionView.Stamp(request), "text/plain; charset=utf-8");
    }

    public static async Task ProposeAsync(HttpContext context)
    {
        var ports = Ports(context);
        if (await ports.Incidents.FindAsync(Id(context), context.RequestAborted) is not { } incident)
        {
            await PageWriter.NotFoundAsync(context, "There is no such incident.");
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var given = form.Where(field => field.Key.StartsWith(ParameterField, StringComparison.Ordinal) && field.Value.ToString().Length > 0)
            .ToDictionary(field => field.Key[ParameterField.Length..], field => field.Value.ToString(), StringComparer.Ordinal);
        var proposal = new ActionProposal(
            form["request"].ToString(), incident.Id, Number(form["recommendation"].ToString()), Number(form["step"].ToString()), form["action"].ToString(), given);
        var answer = await ports.Actions.ProposeAsync(proposal, CallerOf(context), CancellationToken.None);
        if (answer is ActionAnswer.Refused refused)
        {
            await PageWriter.NoticeAsync(context, StatusCodes.Status422UnprocessableEntity, "Not proposed", $"{Shown.Line(refused.Because)} {Shown.Line(refused.Remedy)} Nothing was run.");
            return;
        }

        See(context, proposal.RequestId);
    }

    public static async Task DryRunAsync(HttpContext context)
        => await AnswerAsync(context, await Ports(context).Actions.DryRunAsync(Id(context), CallerOf(context), context.RequestAborted));

    public static async Task ApproveAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        await AnswerAsync(context, await Ports(context).Actions.ApproveAsync(Id(context), form["digest"].ToString(), CallerOf(context), CancellationToken.None));
    }

    public static async Task RefuseAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var because = Shown.Line(form["because"].ToString().Trim(), LongestReason);
        if (because.Length == 0)
        {
            await ShowAsync(context, new ActionAnswer.Refused("A refusal needs a reason.", "Say why, in a few words."));
            return;
        }

        await AnswerAsync(context, await Ports(context).Actions.RefuseAsync(Id(context), because, CallerOf(context), CancellationToken.None));
    }

    private static async Task AnswerAsync(HttpContext context, ActionAnswer answer)
    {
        if (answer is ActionAnswer.Refused refused)
        {
            await ShowAsync(context, refused);
            return;
        }

        See(context, Id(context));
    }

    private static async Task ShowAsync(HttpContext context, ActionAnswer.Refused? problem)
    {
        if (await ActionView.ReadAsync(Ports(context).Actions, Id(context), problem, context.RequestAborted) is not { } view)
        {
            await PageWriter.NotFoundAsync(context, "There is no such action.");
            return;
        }

        await PageWriter.PageAsync<ActionPage>(
            context, new() { ["View"] = view }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static void See(HttpContext context, string id)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther; // Loading the next page again sends nothing twice.
        context.Response.Headers.Location = $"/actions/{Uri.EscapeDataString(id)}";
    }

    // Without a login everybody is whoever runs the server, so that one person can't be two by giving two names.
    private static ActionCaller CallerOf(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<ConsoleOptions>();
        var user = context.User;
        var role = user.IsInRole(ConsoleRoles.Approver) ? ActionRole.Approver : user.IsInRole(ConsoleRoles.Reviewer) ? ActionRole.Reviewer : ActionRole.Reader;
        return options.IsLocal
            ? new ActionCaller(options.LocalName, role, "console on this machine, not authenticated")
            : new ActionCaller(
                user.FindFirstValue(ClaimTypes.Name) ?? throw new InvalidOperationException("Somebody without a name was let in."),
                role, $"console {context.Connection.RemoteIpAddress}", user.FindFirstValue(ClaimTypes.NameIdentifier));
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
