using System.Text.Json.Serialization.Metadata;

namespace Aiops.Aws.Wire;

/// <summary>A service as the metadata of its published model describes it.</summary>
/// <param name="Id">The model's <c>serviceId</c>, which also names the variable <c>AWS_ENDPOINT_URL_…</c>.</param>
/// <param name="EndpointPrefix">The host's first label.</param>
/// <param name="Version">The model's <c>apiVersion</c>.</param>
/// <param name="TargetPrefix">What <c>X-Amz-Target</c> begins with; null where operations are told by path or form.</param>
public sealed record WireService(
    string Id, string EndpointPrefix, string Version, WireProtocol Protocol, string? TargetPrefix = null)
{
    /// <summary>The service's name in a signature's scope, where it isn't the host's.</summary>
    public string SigningName { get; init; } = EndpointPrefix;

    /// <summary>How long an answer may take beyond the usual: a long poll, a model that thinks.</summary>
    public TimeSpan Thinks { get; init; }

    /// <summary>1 where each request costs money and its caller counts them; null takes <see cref="WireOptions.MaxAttempts"/>.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>The most that is read of an answer, in bytes; null where the service itself has a limit.</summary>
    public int? MostBytes { get; init; }

    internal WireOperation<TRequest, TResponse> Call<TRequest, TResponse>(
        string name, JsonTypeInfo<TRequest> requests, JsonTypeInfo<TResponse> responses, RestBinding? rest = null)
        where TRequest : class, IWireRequest<TResponse>
        where TResponse : class
        => new(this, name, requests, responses) { Rest = rest ?? RestBinding.None };
}

/// <summary>How requests and answers are written.</summary>
public enum WireProtocol
{
    /// <summary>awsJson 1.0: POST to the root, the operation in <c>X-Amz-Target</c>.</summary>
    Json10,

    /// <summary>awsJson 1.1: the same under another content type.</summary>
    Json11,

    /// <summary>A method and a path an operation, the body as JSON.</summary>
    RestJson,

    /// <summary>A form with <c>Action</c> and <c>Version</c>, answered in XML.</summary>
    Query,
}
