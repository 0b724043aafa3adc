using Aiops.Functions.Running;
using Aiops.Pipeline.Review;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;

namespace Aiops.Functions.Review;

public sealed class ReviewFunction(FunctionRun run, ReviewStep step)
{
    [LambdaFunction]
    public Task<ReviewOutput> Review(ReviewInput input, ILambdaContext context)
        => run.RunAsync(context, token => step.RunAsync(input, token));
}
