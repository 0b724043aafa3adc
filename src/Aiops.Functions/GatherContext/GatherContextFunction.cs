using Aiops.Functions.Running;
using Aiops.Pipeline.GatherContext;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;

namespace Aiops.Functions.GatherContext;

public sealed class GatherContextFunction(FunctionRun run, GatherContextStep step)
{
    [LambdaFunction]
    public Task<GatherContextOutput> GatherContext(GatherContextInput input, ILambdaContext context)
        => run.RunAsync(context, token => step.RunAsync(input, token));
}
