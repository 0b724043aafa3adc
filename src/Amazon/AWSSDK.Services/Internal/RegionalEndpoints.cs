using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace Amazon.Internal;

/// <summary>A service with an endpoint a Region, its FIPS and dual-stack variants, or the one that the configuration names.</summary>
/// <param name="prefix">The first label of the host name.</param>
internal sealed class RegionalEndpoints(string prefix) : IEndpointProvider
{
    /// <exception cref="AmazonClientException">No endpoint fits the parameters.</exception>
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var asked = (Parameters)parameters;
        if (asked.Endpoint is { Length: > 0 } endpoint)
        {
            return asked.UseFips ? throw new AmazonClientException("Invalid Configuration: FIPS and custom endpoint are not supported")
                : asked.UseDualStack ? throw new AmazonClientException("Invalid Configuration: Dualstack and custom endpoint are not supported")
                : new Endpoint(endpoint);
        }

        if (asked.Region == null || Fn.Partition(asked.Region) is not { } partition)
            throw new AmazonClientException("Invalid Configuration: Missing Region");
        if (asked.UseFips && !partition.supportsFIPS || asked.UseDualStack && !partition.supportsDualStack)
            throw new AmazonClientException("FIPS and DualStack are enabled, but this partition does not support one or both");
        var host = asked.UseFips && !(asked.Region == "us-gov-west-1" && prefix == "states") ? $"{prefix}-fips" : prefix;
        return new Endpoint($"https://{host}.{asked.Region}.{(asked.UseDualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix)}");
    }

    internal sealed class Parameters : EndpointParameters
    {
        public string Region { get; init; }

        public string Endpoint { get; init; }

        public bool UseFips { get; init; }

        public bool UseDualStack { get; init; }
    }
}
