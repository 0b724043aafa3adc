using Amazon.Lambda.Core;

namespace Aiops.Functions.Running;

/// <summary>The invocation that log lines belong to. One at a time runs in an environment, whatever threads it uses.</summary>
internal static class CurrentInvocation
{
    public static string? RequestId { get; private set; }

    /// <summary>X-Ray's trace header, as the runtime sets it for each invocation.</summary>
    public static string? TraceId { get; private set; }

    public static void Begin(ILambdaContext context)
    {
        RequestId = context.AwsRequestId;
        TraceId = Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID");
    }
}
