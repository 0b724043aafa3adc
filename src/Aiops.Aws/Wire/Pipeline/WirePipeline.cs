using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Aiops.Aws.Wire.Pipeline;

/// <summary>
/// AWSSDK.Core's pipeline for one service. What it builds on lives in <c>Amazon.Runtime.Internal</c>: public, not promised
/// stable, so the package's version is pinned exactly.
/// </summary>
internal sealed class WirePipeline : AmazonServiceClient
{
    private WirePipeline(AWSCredentials credentials, WireConfig config)
        : base(credentials, config)
    {
    }

    private WirePipeline(WireConfig config)
        : base(config)
    {
    }

    protected override IServiceMetadata ServiceMetadata => ((WireConfig)Config).Metadata;

    public Uri Endpoint => new(Config.EndpointProvider.ResolveEndpoint(new EndpointParameters()).URL);

    public static WirePipeline For(WireService service, WireOptions options)
    {
        WireConfig config = new(service, options);
        return options.Credentials is { } credentials ? new(credentials, config) : new(config);
    }

    public async Task<TResponse> SendAsync<TResponse>(
        IWireRequest<TResponse> request, DateTimeOffset deadline, CancellationToken cancellationToken)
        where TResponse : class
    {
        var answer = await InvokeAsync<WireAnswer<TResponse>>(
            new WireEnvelope<TResponse>(request, deadline),
            new InvokeOptions
            {
                RequestMarshaller = WireMarshaller<TResponse>.Instance,
                ResponseUnmarshaller = new WireUnmarshaller<TResponse>(request.Operation),
            },
            cancellationToken);
        return answer.Value;
    }

    // The base calls this while it is being built: everything needed comes from the configuration.
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        var config = (WireConfig)Config;
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new WireEndpoints());
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new WireRetries(config)));
        pipeline.AddHandlerAfter<RetryHandler>(new WireAuth());
    }
}
