namespace Amazon.BedrockAgentRuntime.Model;

/// <summary>An object in S3.</summary>
public class RetrievalResultS3Location
{
    public string Uri { get; set; }
}
