using System.Net;
using System.Text.Json.Nodes;
using Aiops.Local.Workflow;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Aiops.Scenarios.Running;

/// <summary>
/// Step Functions' API on loopback, as far as the pipeline calls it, with the interpreter behind it: the functions reach their
/// workflow over the wire, as they do in an account.
/// </summary>
internal sealed class StepFunctionsPeer : IAsyncDisposable
{
    public const string IncidentMachine = "arn:aws:states:eu-west-1:111122223333:stateMachine:aiops-test-incident";
    public const string ReviewMachine = "arn:aws:states:eu-west-1:111122223333:stateMachine:aiops-test-review";

    private readonly WebApplication app;
    private readonly WorkflowHost workflows;
    private readonly TimeProvider time;

    private StepFunctionsPeer(WebApplication app, WorkflowHost workflows, TimeProvider time)
        => (this.app, this.workflows, this.time) = (app, workflows, time);

    public Uri Address => new(app.Urls.Single());

    public static async Task<StepFunctionsPeer> StartAsync(WorkflowHost workflows, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var peer = new StepFunctionsPeer(builder.Build(), workflows, time);
        peer.app.Run(peer.AnswerAsync);
        await peer.app.StartAsync();
        return peer;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        var operation = context.Request.Headers["X-Amz-Target"].ToString();
        var (status, answer) = operation switch
        {
            "AWSStepFunctions.StartExecution" => await StartAsync(request, context.RequestAborted),
            "AWSStepFunctions.SendTaskSuccess" => await SucceedAsync(request, context.RequestAborted),
            _ => Error("UnknownOperationException", $"{operation} isn't played here."),
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-amz-json-1.0";
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }

    private async Task<(int, JsonNode)> StartAsync(JsonNode request, CancellationToken cancellationToken)
    {
        var machine = (string)request["stateMachineArn"]!;
        var name = (string)request["name"]!;
        if (await workflows.FindAsync(name, cancellationToken) is not null)
        {
            return Error("ExecutionAlreadyExists", $"Execution Already Exists: '{name}'");
        }

        var workflow = machine == ReviewMachine ? WorkflowCatalog.Review : WorkflowCatalog.Incident;
        await workflows.StartAsync(workflow, name, (string)request["input"]!, cancellationToken);
        return (200, new JsonObject
        {
            ["executionArn"] = $"{machine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{name}",
            ["startDate"] = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0,
        });
    }

    private async Task<(int, JsonNode)> SucceedAsync(JsonNode request, CancellationToken cancellationToken)
        => await workflows.SendTaskSuccessAsync((string)request["taskToken"]!, (string)request["output"]!, cancellationToken)
            ? (200, new JsonObject())
            : Error("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");

    private static (int, JsonNode) Error(string type, string message)
        => (400, new JsonObject { ["__type"] = $"com.amazonaws.swf.service.v2.model#{type}", ["message"] = message });
}
