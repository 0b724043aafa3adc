using Amazon.BedrockAgentRuntime.Model;
using Amazon.Runtime;

namespace Amazon.BedrockAgentRuntime;

/// <summary>Agents for Amazon Bedrock, at run time.</summary>
public interface IAmazonBedrockAgentRuntime : IAmazonService, IDisposable
{
    Task<RetrieveResponse> RetrieveAsync(RetrieveRequest request, CancellationToken cancellationToken = default);
}
