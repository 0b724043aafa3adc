using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Aiops.Aws.Wire.Pipeline;

/// <summary>A request on its way through the SDK's pipeline, with what its retries must know.</summary>
internal abstract class WireEnvelope(DateTimeOffset deadline) : AmazonWebServiceRequest
{
    public DateTimeOffset Deadline => deadline;

    /// <summary>Before the next attempt.</summary>
    public TimeSpan Wait { get; set; }
}

internal sealed class WireEnvelope<TResponse>(IWireRequest<TResponse> request, DateTimeOffset deadline) : WireEnvelope(deadline)
    where TResponse : class
{
    public IWireRequest<TResponse> Request => request;
}

internal sealed class WireAnswer<TResponse> : AmazonWebServiceResponse
{
    public TResponse Value { get; init; } = default!; // Set by the one who makes it; the SDK asks for a bare constructor.
}

internal sealed class WireMarshaller<TResponse> : IMarshaller<IRequest, AmazonWebServiceRequest>
    where TResponse : class
{
    public static WireMarshaller<TResponse> Instance { get; } = new();

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = ((WireEnvelope<TResponse>)input).Request;
        var service = request.Operation.Service;
        DefaultRequest http = new(input, service.Id)
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            OverrideSigningServiceName = service.SigningName,
        };
        request.Operation.Write(request, http);
        return http;
    }
}
