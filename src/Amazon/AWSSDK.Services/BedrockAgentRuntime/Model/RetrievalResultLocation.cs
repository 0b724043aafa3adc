namespace Amazon.BedrockAgentRuntime.Model;

/// <summary>Where the chunk comes from.</summary>
public class RetrievalResultLocation
{
    public RetrievalResultCustomDocumentLocation CustomDocumentLocation { get; set; }

    public RetrievalResultS3Location S3Location { get; set; }

    public RetrievalResultLocationType Type { get; set; }
}
