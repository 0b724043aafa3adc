using Amazon.BedrockAgentRuntime.Model;
using Amazon.Runtime;

namespace Amazon.BedrockAgentRuntime;

/// <summary>Agents for Amazon Bedrock, at run time.</summary>
public interface IAmazonBedrockAgentRuntime : IAmazonService, IDisposable
{
    Task<RetrieveResponse> RetrieveAsync(RetrieveRequest request, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonBedrockAgentRuntimeConfig();

    /// <inheritdoc/>
    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        awsCredentials == null ? new AmazonBedrockAgentRuntimeClient((AmazonBedrockAgentRuntimeConfig)clientConfig) : new AmazonBedrockAgentRuntimeClient(awsCredentials, (AmazonBedrockAgentRuntimeConfig)clientConfig);
}
