using Aiops.Pipeline.Reason.Models;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Aiops.Aws.Wire.Pipeline;

/// <summary>One service's settings in the SDK's shape.</summary>
internal sealed class WireConfig : ClientConfig
{
    private static readonly DefaultConfiguration Defaults = new()
    {
        Name = DefaultConfigurationMode.Standard,
        RetryMode = RequestRetryMode.Standard,
        ConnectTimeout = TimeSpan.FromSeconds(3),
    };

    public WireConfig(WireService service, WireOptions options)
        : base(new DefaultConfigurationProvider([Defaults]))
    {
        (Service, Options) = (service, options);
        ServiceId = service.Id;
        AuthenticationServiceName = service.SigningName;
        AuthenticationRegion = options.Region;
        MaxErrorRetry = (service.MaxAttempts ?? options.MaxAttempts) - 1;
        MaxStaleConnectionRetries = service.MaxAttempts == 1 ? 0 : 1;
        Timeout = options.AttemptTimeout + service.Thinks;
        AllowAutoRedirect = false; // A redirect would carry the signature elsewhere.
        RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        if (options.ServiceUrl is { } url)
        {
            ServiceURL = url.ToString(); // Also forgets the RegionEndpoint: set last.
        }

        if (service.MostBytes is { } most)
        {
            HttpClientFactory = new WireHttp(most);
        }

        EndpointProvider = new WireEndpointProvider(this);
        Metadata = new WireMetadata(service.Id);
    }

    public WireService Service { get; }

    public WireOptions Options { get; }

    public IServiceMetadata Metadata { get; }

    public override string ServiceVersion => Service.Version;

    public override string UserAgent => "aiops";

    public override string RegionEndpointServiceName => Service.EndpointPrefix;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
        => EndpointProvider.ResolveEndpoint(new EndpointParameters());

    private sealed record WireMetadata(string ServiceId) : IServiceMetadata
    {
        public IDictionary<string, string> OperationNameMapping => new Dictionary<string, string>();
    }
}

/// <summary>Clients that read answers whole, up to a limit and within the request's time: the SDK's own only time an answer's beginning.</summary>
internal sealed class WireHttp(int mostBytes) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new BoundedAnswers(mostBytes)
    {
        InnerHandler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // Addresses change.
            UseCookies = false,
        },
    })
    {
        Timeout = clientConfig.Timeout ?? System.Threading.Timeout.InfiniteTimeSpan,
    };
}

/// <summary>The override where there is one, else the Region's host in its partition.</summary>
internal sealed class WireEndpointProvider(WireConfig config) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        if (config.ServiceURL is { Length: > 0 } url)
        {
            return new Endpoint(url);
        }

        var region = RegionEndpoint.GetBySystemName(config.Options.Region);
        return new Endpoint($"https://{config.Service.EndpointPrefix}.{region.SystemName}.{region.PartitionDnsSuffix}");
    }
}
