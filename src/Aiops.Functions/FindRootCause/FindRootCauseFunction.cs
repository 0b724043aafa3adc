using Aiops.Functions.Running;
using Aiops.Pipeline.FindRootCause;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;

namespace Aiops.Functions.FindRootCause;

public sealed class FindRootCauseFunction(FunctionRun run, FindRootCauseStep step)
{
    [LambdaFunction]
    public Task<FindRootCauseOutput> FindRootCause(FindRootCauseInput input, ILambdaContext context)
        => run.RunAsync(context, token => step.RunAsync(input, token));
}
