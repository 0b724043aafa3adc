using System.Net;
using Amazon.Runtime;

namespace Amazon.BedrockAgentRuntime;

/// <summary>What Bedrock Agent Runtime answers in place of a response.</summary>
public class AmazonBedrockAgentRuntimeException : AmazonServiceException
{
    public AmazonBedrockAgentRuntimeException()
    {
    }

    public AmazonBedrockAgentRuntimeException(string message)
        : base(message)
    {
    }

    public AmazonBedrockAgentRuntimeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public AmazonBedrockAgentRuntimeException(Exception innerException)
        : base(innerException.Message, innerException)
    {
    }

    public AmazonBedrockAgentRuntimeException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }

    public AmazonBedrockAgentRuntimeException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }
}
