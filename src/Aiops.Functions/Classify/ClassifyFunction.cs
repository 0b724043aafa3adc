using Aiops.Functions.Running;
using Aiops.Pipeline.Classify;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;

namespace Aiops.Functions.Classify;

public sealed class ClassifyFunction(FunctionRun run, ClassifyStep step)
{
    [LambdaFunction]
    public Task<ClassifyOutput> Classify(ClassifyInput input, ILambdaContext context)
        => run.RunAsync(context, token => step.RunAsync(input, token));
}
