namespace Amazon.Lambda.Core;

/// <summary>What Lambda tells a function about the invocation that it is handling and about itself.</summary>
public interface ILambdaContext
{
    /// <summary>The id of the request; a retry of the same request carries the same id.</summary>
    string AwsRequestId { get; }

    /// <summary>The mobile client, or null.</summary>
    IClientContext ClientContext { get; }

    string FunctionName { get; }

    string FunctionVersion { get; }

    /// <summary>The Cognito identity of the caller, or null.</summary>
    ICognitoIdentity Identity { get; }

    /// <summary>The ARN that was invoked: the function's, a version's or an alias's.</summary>
    string InvokedFunctionArn { get; }

    ILambdaLogger Logger { get; }

    string LogGroupName { get; }

    string LogStreamName { get; }

    int MemoryLimitInMB { get; }

    /// <summary>Time until Lambda stops the function; negative once that has passed.</summary>
    TimeSpan RemainingTime { get; }

    /// <summary>The X-Ray trace header of the invocation, or null.</summary>
    string TraceId => null;

    /// <summary>The tenant that the invocation is for, where the function isolates tenants, or null.</summary>
    string TenantId => null;
}
