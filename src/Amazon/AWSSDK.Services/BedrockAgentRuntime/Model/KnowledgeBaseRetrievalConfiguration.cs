namespace Amazon.BedrockAgentRuntime.Model;

/// <summary>How it is looked for.</summary>
public class KnowledgeBaseRetrievalConfiguration
{
    public KnowledgeBaseVectorSearchConfiguration VectorSearchConfiguration { get; set; }
}
