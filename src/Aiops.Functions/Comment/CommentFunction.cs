using Aiops.Functions.Running;
using Aiops.Pipeline.Comment;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;

namespace Aiops.Functions.Comment;

public sealed class CommentFunction(FunctionRun run, CommentStep step)
{
    [LambdaFunction]
    public Task<CommentOutput> Comment(CommentInput input, ILambdaContext context)
        => run.RunAsync(context, token => step.RunAsync(input, token));
}
