using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aiops.Functions.Running;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Masking;
using Aiops.Pipeline.Review;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;

namespace Aiops.Functions.Review;

/// <summary>What people and their tools ask and say: incidents, one incident with its comment, and the review of it.</summary>
/// <remarks>Each route stands behind an authorizer (IAM, or the JWT of the organisation); who reviewed is taken from it, never from the body.</remarks>
public sealed class ReviewApi(FunctionRun run, IIncidentStore incidents, IDocumentStore documents, LateReview reviews, TimeProvider time)
{
    [LambdaFunction]
    [HttpApi(LambdaHttpMethod.Get, "/incidents")]
    public Task<IHttpResult> ListIncidents(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) => run.RunAsync(context, async token =>
    {
        var asked = ValueOf(request.QueryStringParameters, "status");
        IncidentStatus? status = asked?.ToLowerInvariant() switch
        {
            "open" => IncidentStatus.Open,
            "resolved" => IncidentStatus.Resolved,
            "closed" => IncidentStatus.Closed,
            _ => null,
        };
        if (asked is not null && status is null)
        {
            return Refused(HttpStatusCode.BadRequest, "status is open, resolved or closed");
        }

        var found = await incidents.ListAsync(status, ShownIncident.MostListed, token);
        return Answer(HttpStatusCode.OK, [.. found.Select(ShownIncident.Of)], ReviewApiJson.Default.IReadOnlyListShownIncident);
    });

    [LambdaFunction]
    [HttpApi(LambdaHttpMethod.Get, "/incidents/{incidentId}")]
    public Task<IHttpResult> ShowIncident(string incidentId, ILambdaContext context) => run.RunAsync(context, async token =>
    {
        if (await incidents.FindAsync(incidentId, token) is not { } incident)
        {
            return Refused(HttpStatusCode.NotFound, "there is no such incident");
        }

        var members = await incidents.ListMembersAsync(incidentId, token);
        var comment = await documents.GetAsync(DocumentKeys.Comment(incidentId), token);
        return Answer(
            HttpStatusCode.OK,
            ShownIncident.Of(incident) with
            {
                Alarms = [.. members.Select(member => new ShownAlarm(member.Subject, SecretMask.Mask(member.Trigger.Title), member.Firing))],
                Comment = comment is null ? null : Encoding.UTF8.GetString(comment),
            },
            ReviewApiJson.Default.ShownIncident);
    });

    [LambdaFunction]
    [HttpApi(LambdaHttpMethod.Post, "/incidents/{incidentId}/review")]
    public Task<IHttpResult> ReviewIncident(string incidentId, APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) => run.RunAsync(context, async token =>
    {
        if (ReviewerOf(request) is not { } reviewer)
        {
            return Refused(HttpStatusCode.Forbidden, "nobody vouches for who you are: the route has no authorizer");
        }

        if (GivenReview.Read(HttpBody.TextOf(request), out var given) is { } problem)
        {
            return Refused(HttpStatusCode.BadRequest, problem);
        }

        if (await incidents.FindAsync(incidentId, token) is not { } incident)
        {
            return Refused(HttpStatusCode.NotFound, "there is no such incident");
        }

        var outcome = given!.ToOutcome(incidentId, reviewer, time.GetUtcNow());
        var taken = await reviews.TakeAsync(incident, outcome, token);
        return Answer(HttpStatusCode.Accepted, new TakenReview(incidentId, taken), ReviewApiJson.Default.TakenReview);
    });

    private static string? ReviewerOf(APIGatewayHttpApiV2ProxyRequest request)
    {
        var authorizer = request.RequestContext?.Authorizer;
        return authorizer?.IAM?.UserARN
            ?? ValueOf(authorizer?.Jwt?.Claims, "email")
            ?? ValueOf(authorizer?.Jwt?.Claims, "sub");
    }

    private static string? ValueOf(IDictionary<string, string>? values, string name)
        => values is not null && values.TryGetValue(name, out var value) ? value : null;

    private static IHttpResult Answer<T>(HttpStatusCode status, T content, JsonTypeInfo<T> type)
        => HttpResults.NewResult(status, JsonSerializer.Serialize(content, type)).AddHeader("content-type", "application/json");

    private static IHttpResult Refused(HttpStatusCode status, string error)
        => Answer(status, new RefusedRequest(error), ReviewApiJson.Default.RefusedRequest);
}
