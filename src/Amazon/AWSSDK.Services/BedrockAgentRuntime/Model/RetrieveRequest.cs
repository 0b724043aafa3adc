namespace Amazon.BedrockAgentRuntime.Model;

/// <summary>Queries a knowledge base.</summary>
public class RetrieveRequest : AmazonBedrockAgentRuntimeRequest
{
    public string KnowledgeBaseId { get; set; }

    public string NextToken { get; set; }

    public KnowledgeBaseRetrievalConfiguration RetrievalConfiguration { get; set; }

    public KnowledgeBaseQuery RetrievalQuery { get; set; }
}
