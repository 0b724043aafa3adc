using Aiops.Functions.Running;
using Aiops.Pipeline.Recommend;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;

namespace Aiops.Functions.Recommend;

public sealed class RecommendFunction(FunctionRun run, RecommendStep step)
{
    [LambdaFunction]
    public Task<RecommendOutput> Recommend(RecommendInput input, ILambdaContext context)
        => run.RunAsync(context, token => step.RunAsync(input, token));
}
