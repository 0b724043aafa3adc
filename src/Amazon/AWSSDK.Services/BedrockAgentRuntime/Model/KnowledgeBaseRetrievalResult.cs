using Amazon.Runtime.Documents;

namespace Amazon.BedrockAgentRuntime.Model;

/// <summary>A chunk of a document that fits the query.</summary>
public class KnowledgeBaseRetrievalResult
{
    public RetrievalResultContent Content { get; set; }

    public string DocumentId { get; set; }

    public RetrievalResultLocation Location { get; set; }

    public Dictionary<string, Document> Metadata { get; set; }

    public double? Score { get; set; }
}
