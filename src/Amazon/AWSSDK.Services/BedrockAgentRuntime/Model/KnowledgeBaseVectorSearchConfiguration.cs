namespace Amazon.BedrockAgentRuntime.Model;

/// <summary>How many results, and which.</summary>
public class KnowledgeBaseVectorSearchConfiguration
{
    public RetrievalFilter Filter { get; set; }

    /// <summary>1 to 100.</summary>
    public int? NumberOfResults { get; set; }

    public SearchType OverrideSearchType { get; set; }
}
