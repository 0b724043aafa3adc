using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

internal sealed class LambdaContext(RuntimeApiHeaders headers, LambdaEnvironment environment, FunctionLog log) : ILambdaContext
{
    public string AwsRequestId => headers.AwsRequestId;

    public IClientContext ClientContext => field ??= CognitoClientContext.FromJson(headers.ClientContext);

    public string FunctionName => environment.FunctionName;

    public string FunctionVersion => environment.FunctionVersion;

    public ICognitoIdentity Identity => field ??= CognitoIdentity.FromJson(headers.CognitoIdentity);

    public string InvokedFunctionArn => headers.InvokedFunctionArn;

    public ILambdaLogger Logger => log;

    public string LogGroupName => environment.LogGroupName;

    public string LogStreamName => environment.LogStreamName;

    public int MemoryLimitInMB => environment.MemoryLimitInMB;

    public TimeSpan RemainingTime => headers.Deadline - TimeProvider.System.GetUtcNow();

    public string TraceId => headers.TraceId;

    public string TenantId => headers.TenantId;
}
