using Amazon.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace Amazon.BedrockAgentRuntime;

/// <summary>How the client reaches the service, and how patiently.</summary>
public class AmazonBedrockAgentRuntimeConfig : ClientConfig
{
    private static readonly string SdkUserAgent = InternalSDKUtils.BuildUserAgentString("Bedrock Agent Runtime", "4.0.0");

    public AmazonBedrockAgentRuntimeConfig()
        : base(new DefaultConfigurationProvider(Defaults.All))
    {
        base.ServiceId = "Bedrock Agent Runtime";
        AuthenticationServiceName = "bedrock";
        EndpointProvider = new RegionalEndpoints("bedrock-agent-runtime");
    }

    public static new string ServiceId => "Bedrock Agent Runtime";

    public override string RegionEndpointServiceName => "bedrock-agent-runtime";

    public override string ServiceVersion => "2023-07-26";

    public override string UserAgent => SdkUserAgent;

    public override Runtime.Endpoints.Endpoint DetermineServiceOperationEndpoint(Runtime.Endpoints.ServiceOperationEndpointParameters parameters) =>
        RegionalEndpointResolver.Of(parameters, this);
}
