using System.Net;
using Aiops.Aws;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Aiops.Scenarios.Running;

/// <summary>CloudFormation's DescribeStacks on loopback: one stack with the outputs that <c>cdk/Aiops.Cdk</c> gives it.</summary>
internal sealed class CloudFormationPeer(WebApplication app) : IAsyncDisposable
{
    public const string StackName = "aiops-test";

    public Uri Address => new(app.Urls.Single());

    public static async Task<CloudFormationPeer> StartAsync(AwsHostSettings settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, settings));
        await app.StartAsync();
        return new CloudFormationPeer(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, AwsHostSettings settings)
    {
        using var reader = new StreamReader(context.Request.Body);
        var form = await reader.ReadToEndAsync(context.RequestAborted);
        context.Response.ContentType = "text/xml";
        if (!form.Contains($"StackName={StackName}", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(
                "<ErrorResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"><Error><Type>Sender</Type><Code>ValidationError</Code>"
                + "<Message>Stack with id other does not exist</Message></Error><RequestId>r</RequestId></ErrorResponse>");
            return;
        }

        var outputs = new (string Key, string? Value)[]
        {
            ("Table", settings.Table), ("DocumentsBucket", settings.DocumentsBucket), ("UrgentQueueUrl", settings.UrgentQueueUrl),
            ("RoutineQueueUrl", settings.RoutineQueueUrl), ("UrgentDeadLettersUrl", settings.UrgentDeadLettersUrl),
            ("RoutineDeadLettersUrl", settings.RoutineDeadLettersUrl), ("IncidentStateMachineArn", settings.IncidentStateMachine),
            ("ReviewStateMachineArn", settings.ReviewStateMachine), ("ModelSettings", settings.ModelParameter),
        };
        await context.Response.WriteAsync(
            "<DescribeStacksResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"><DescribeStacksResult><Stacks><member>"
            + $"<StackName>{StackName}</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-03-01T00:00:00.000Z</CreationTime><Outputs>"
            + string.Concat(outputs.Where(output => output.Value is not null).Select(output => $"<member><OutputKey>{output.Key}</OutputKey><OutputValue>{output.Value}</OutputValue></member>"))
            + "</Outputs></member></Stacks></DescribeStacksResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DescribeStacksResponse>");
    }
}
