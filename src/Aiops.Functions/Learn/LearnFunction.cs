using Aiops.Functions.Running;
using Aiops.Pipeline.Learn;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;

namespace Aiops.Functions.Learn;

public sealed class LearnFunction(FunctionRun run, LearnStep step)
{
    [LambdaFunction]
    public Task<LearnOutput> Learn(LearnInput input, ILambdaContext context)
        => run.RunAsync(context, token => step.RunAsync(input, token));
}
