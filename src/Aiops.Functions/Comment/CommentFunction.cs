using Aiops.Aws;
using Aiops.Aws.S3;
using Aiops.Functions.Running;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;

namespace Aiops.Functions.Comment;

/// <summary>The step is put together for each run: where tickets go may change while an environment lives.</summary>
public sealed class CommentFunction(
    FunctionRun run, CurrentTickets tickets, IIncidentReports reports, IDocumentStore documents, AwsHostSettings settings, ILogger<CommentStep> logger)
{
    [LambdaFunction]
    public Task<CommentOutput> Comment(CommentInput input, ILambdaContext context) => run.RunAsync(context, async token =>
    {
        var (system, foreign) = (await tickets.SystemAsync(token), await tickets.ForeignAsync(token));
        var step = new CommentStep(
            reports, documents, system, foreign.Notices, key => S3Links.ToObject(settings.DocumentsBucket, settings.Region, key), logger);
        return await step.RunAsync(input, token);
    });
}
