using System.Net.Http.Headers;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>What the Runtime API says about an event, beside the event.</summary>
internal sealed class RuntimeApiHeaders(HttpResponseHeaders headers)
{
    public string AwsRequestId { get; } = Value(headers, "Lambda-Runtime-Aws-Request-Id")
        ?? throw new KeyNotFoundException("The Runtime API sent no Lambda-Runtime-Aws-Request-Id.");

    public string TraceId { get; } = Value(headers, "Lambda-Runtime-Trace-Id");

    public string TenantId { get; } = Value(headers, "Lambda-Runtime-Aws-Tenant-Id");

    public string InvokedFunctionArn { get; } = Value(headers, "Lambda-Runtime-Invoked-Function-Arn");

    public DateTimeOffset Deadline { get; } = DateTimeOffset.FromUnixTimeMilliseconds(
        long.TryParse(Value(headers, "Lambda-Runtime-Deadline-Ms"), out var deadline) ? deadline : 0);

    /// <summary>JSON, or null.</summary>
    public string ClientContext { get; } = Value(headers, "Lambda-Runtime-Client-Context");

    /// <summary>JSON, or null.</summary>
    public string CognitoIdentity { get; } = Value(headers, "Lambda-Runtime-Cognito-Identity");

    private static string Value(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
