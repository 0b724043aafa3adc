using Amazon.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace Amazon.StepFunctions;

/// <summary>How the client reaches the service, and how patiently.</summary>
public class AmazonStepFunctionsConfig : ClientConfig
{
    private static readonly string SdkUserAgent = InternalSDKUtils.BuildUserAgentString("SFN", "4.0.0");

    public AmazonStepFunctionsConfig()
        : base(new DefaultConfigurationProvider(Defaults.All))
    {
        base.ServiceId = "SFN";
        AuthenticationServiceName = "states";
        EndpointProvider = new RegionalEndpoints("states");
    }

    public static new string ServiceId => "SFN";

    public override string RegionEndpointServiceName => "states";

    public override string ServiceVersion => "2016-11-23";

    public override string UserAgent => SdkUserAgent;

    public override Runtime.Endpoints.Endpoint DetermineServiceOperationEndpoint(Runtime.Endpoints.ServiceOperationEndpointParameters parameters) =>
        RegionalEndpointResolver.Of(parameters, this);
}
