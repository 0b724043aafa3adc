namespace Amazon.BedrockAgentRuntime.Model;

/// <summary>What is looked for.</summary>
public class KnowledgeBaseQuery
{
    public string Text { get; set; }
}
