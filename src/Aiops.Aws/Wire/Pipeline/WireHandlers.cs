using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Aiops.Aws.Wire.Pipeline;

/// <summary>Asks the configuration's endpoint provider; there are no endpoint rules of a service's own here.</summary>
internal sealed class WireEndpoints : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) => new();
}

/// <summary>Every service here signs with SigV4.</summary>
internal sealed class WireAuth : BaseAuthResolverHandler
{
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext)
        => AuthSchemeOption.DEFAULT_SIGV4;
}
