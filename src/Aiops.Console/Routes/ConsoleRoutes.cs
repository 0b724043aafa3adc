using Aiops.Console.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aiops.Console.Routes;

/// <summary>Every address of the console, with the role that it asks for.</summary>
internal static class ConsoleRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Get(routes, "/incidents", ConsoleRoles.Reader, IncidentRoutes.ListAsync);
        Get(routes, "/incidents/fragment", ConsoleRoles.Reader, IncidentRoutes.FragmentAsync);
        Get(routes, "/incidents/{id}", ConsoleRoles.Reader, IncidentRoutes.ShowAsync);
        Get(routes, "/incidents/{id}/stamp", ConsoleRoles.Reader, IncidentRoutes.StampAsync);
        Get(routes, "/incidents/{id}/thanks", ConsoleRoles.Reviewer, IncidentRoutes.ThankAsync);
        Post(routes, "/incidents/{id}/review", IncidentRoutes.ReviewAsync).RequireAuthorization(ConsoleRoles.Reviewer);
        Get(routes, "/actions", ConsoleRoles.Proposer, ActionRoutes.ListAsync);
        Post(routes, "/incidents/{id}/actions", ActionRoutes.ProposeAsync).RequireAuthorization(ConsoleRoles.Proposer);
        Get(routes, "/actions/{id}", ConsoleRoles.Proposer, ActionRoutes.ShowAsync);
        Get(routes, "/actions/{id}/stamp", ConsoleRoles.Proposer, ActionRoutes.StampAsync);
        Post(routes, "/actions/{id}/dry-run", ActionRoutes.DryRunAsync).RequireAuthorization(ConsoleRoles.Proposer);
        Post(routes, "/actions/{id}/approve", ActionRoutes.ApproveAsync).RequireAuthorization(ConsoleRoles.Approver);
        Post(routes, "/actions/{id}/refuse", ActionRoutes.RefuseAsync).RequireAuthorization(ConsoleRoles.Approver);
        Get(routes, "/knowledge", ConsoleRoles.Reader, KnowledgeRoutes.SearchAsync);
        Get(routes, "/knowledge/{id}", ConsoleRoles.Reader, KnowledgeRoutes.ShowAsync);
        Get(routes, "/questions", ConsoleRoles.Reader, QuestionRoutes.ShowAsync);
        Post(routes, "/questions", QuestionRoutes.AskAsync).RequireAuthorization(ConsoleRoles.Reader);
        Post(routes, "/questions/analysis", QuestionRoutes.AnalyseAsync).RequireAuthorization(ConsoleRoles.Reader);
        Get(routes, "/queue", ConsoleRoles.Reader, QueueRoutes.ShowAsync);
        Get(routes, "/queue/explain", ConsoleRoles.Reader, QueueRoutes.ExplainAsync);
        Get(routes, "/accuracy", ConsoleRoles.Reader, AccuracyRoutes.ShowAsync);

        // The few that anybody may ask for, and each of them tells nothing.
        routes.MapGet("/login", (RequestDelegate)SignInRoutes.FormAsync).AllowAnonymous();
        Post(routes, "/login", SignInRoutes.LogInAsync).AllowAnonymous();
        routes.MapGet("/login/start", (RequestDelegate)SignInRoutes.StartAsync).AllowAnonymous();
        routes.MapGet("/login/answer", (RequestDelegate)SignInRoutes.AnswerAsync).AllowAnonymous();
        Post(routes, "/logout", SignInRoutes.LogOutAsync).AllowAnonymous();
        routes.MapGet("/forbidden", (RequestDelegate)SignInRoutes.ForbiddenAsync).AllowAnonymous();
        routes.MapGet("/assets/{digest}/{name}", (RequestDelegate)ConsoleAssets.WriteAsync).AllowAnonymous();
    }

    private static void Get(IEndpointRouteBuilder routes, string path, string role, RequestDelegate handle)
        => routes.MapGet(path, handle).RequireAuthorization(role);

    /// <summary>A form: taken only with the token that its page was given.</summary>
    private static IEndpointConventionBuilder Post(IEndpointRouteBuilder routes, string path, RequestDelegate handle)
        => routes.MapPost(path, async context =>
        {
            if (!context.Request.HasFormContentType
                || !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
            {
                await PageWriter.NoticeAsync(context, StatusCodes.Status400BadRequest, "That form is stale", "Nothing was changed. Go back, load the page again, and send it once more.");
                return;
            }

            await handle(context);
        });
}
