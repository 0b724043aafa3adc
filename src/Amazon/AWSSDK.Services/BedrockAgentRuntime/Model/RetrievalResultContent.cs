namespace Amazon.BedrockAgentRuntime.Model;

/// <summary>What the chunk says.</summary>
public class RetrievalResultContent
{
    public string ByteContent { get; set; }

    public string Text { get; set; }

    public RetrievalResultContentType Type { get; set; }
}
