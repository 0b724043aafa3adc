using Amazon.BedrockAgentRuntime.Model;
using Amazon.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.BedrockAgentRuntime;

/// <summary>Agents for Amazon Bedrock, at run time. Signs with the given credentials, or those that the environment provides.</summary>
public class AmazonBedrockAgentRuntimeClient : AmazonServiceClient, IAmazonBedrockAgentRuntime
{
    public AmazonBedrockAgentRuntimeClient()
        : this(new AmazonBedrockAgentRuntimeConfig())
    {
    }

    public AmazonBedrockAgentRuntimeClient(RegionEndpoint region)
        : this(new AmazonBedrockAgentRuntimeConfig { RegionEndpoint = region })
    {
    }

    public AmazonBedrockAgentRuntimeClient(AmazonBedrockAgentRuntimeConfig config)
        : base(config)
    {
    }

    public AmazonBedrockAgentRuntimeClient(AWSCredentials credentials)
        : this(credentials, new AmazonBedrockAgentRuntimeConfig())
    {
    }

    public AmazonBedrockAgentRuntimeClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonBedrockAgentRuntimeConfig { RegionEndpoint = region })
    {
    }

    public AmazonBedrockAgentRuntimeClient(AWSCredentials credentials, AmazonBedrockAgentRuntimeConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    public AmazonBedrockAgentRuntimeClient(string awsAccessKeyId, string awsSecretAccessKey)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonBedrockAgentRuntimeConfig())
    {
    }

    public AmazonBedrockAgentRuntimeClient(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonBedrockAgentRuntimeConfig { RegionEndpoint = region })
    {
    }

    public AmazonBedrockAgentRuntimeClient(string awsAccessKeyId, string awsSecretAccessKey, AmazonBedrockAgentRuntimeConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig)
    {
    }

    public AmazonBedrockAgentRuntimeClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonBedrockAgentRuntimeConfig())
    {
    }

    public AmazonBedrockAgentRuntimeClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonBedrockAgentRuntimeConfig { RegionEndpoint = region })
    {
    }

    public AmazonBedrockAgentRuntimeClient(string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, AmazonBedrockAgentRuntimeConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, clientConfig)
    {
    }

    public virtual Task<RetrieveResponse> RetrieveAsync(RetrieveRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<RetrieveResponse>(request, BedrockAgentRuntimeProtocol.Retrieve.Options, cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new RegionalEndpointResolver());
        pipeline.AddHandlerAfter<RetryHandler>(new SignatureVersion4());
    }
}
