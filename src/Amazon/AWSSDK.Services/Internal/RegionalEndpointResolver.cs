using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util;

namespace Amazon.Internal;

/// <summary>Asks <see cref="RegionalEndpoints"/> with what the client's configuration says.</summary>
internal sealed class RegionalEndpointResolver : BaseEndpointResolver
{
    /// <summary>The endpoint that a request would go to.</summary>
    public static Endpoint Of(ServiceOperationEndpointParameters parameters, ClientConfig config) =>
        new RegionalEndpointResolver().GetEndpoint(new Runtime.Internal.ExecutionContext(
            new RequestContext(false)
            {
                ClientConfig = config,
                OriginalRequest = parameters.Request,
                Request = new DefaultRequest(parameters.Request, config.ServiceId) { AlternateEndpoint = parameters.AlternateEndpoint },
            },
            null));

    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters) =>
        InjectHostPrefix(executionContext.RequestContext);

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        var config = requestContext.ClientConfig;
        return new RegionalEndpoints.Parameters
        {
            Region = requestContext.Request.AlternateEndpoint?.SystemName ?? config.RegionEndpoint?.SystemName ?? RegionOf(config),
            Endpoint = config.ServiceURL,
            UseFips = config.UseFIPSEndpoint,
            UseDualStack = config.UseDualstackEndpoint,
        };
    }

    private static string RegionOf(IClientConfig config) => string.IsNullOrEmpty(config.ServiceURL) ? null
        : !string.IsNullOrEmpty(config.AuthenticationRegion) ? config.AuthenticationRegion
        : RegionEndpoint.GetBySystemName(AWSSDKUtils.DetermineRegion(config.ServiceURL)).SystemName;
}
