namespace Amazon.BedrockAgentRuntime.Model;

/// <summary>A document that was ingested directly.</summary>
public class RetrievalResultCustomDocumentLocation
{
    public string Id { get; set; }
}
