using Amazon.Runtime;

namespace Amazon.BedrockAgentRuntime;

/// <summary>A request to Bedrock Agent Runtime.</summary>
public class AmazonBedrockAgentRuntimeRequest : AmazonWebServiceRequest;
