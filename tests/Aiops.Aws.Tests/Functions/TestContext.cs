using Amazon.Lambda.Core;

namespace Aiops.Aws.Tests.Functions;

/// <summary>An invocation as Lambda describes it.</summary>
public sealed class TestContext : ILambdaContext
{
    public string AwsRequestId => "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

    public IClientContext ClientContext => null!;

    public string FunctionName { get; init; } = "aiops-test-function";

    public string FunctionVersion => "$LATEST";

    public ICognitoIdentity Identity => null!;

    public string InvokedFunctionArn => $"arn:aws:lambda:eu-west-1:111122223333:function:{FunctionName}";

    public ILambdaLogger Logger => throw new NotSupportedException("The functions write their own lines.");

    public string LogGroupName => "";

    public string LogStreamName => "";

    public int MemoryLimitInMB => 1024;

    public TimeSpan RemainingTime { get; init; } = TimeSpan.FromMinutes(10);
}
