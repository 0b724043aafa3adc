using Amazon.Internal;
using Amazon.Runtime;

namespace Amazon.BedrockAgentRuntime.Model;

/// <summary>A page of results, the best first.</summary>
public class RetrieveResponse : AmazonWebServiceResponse
{
    public GuadrailAction GuardrailAction { get; set; }

    public string NextToken { get; set; }

    public List<KnowledgeBaseRetrievalResult> RetrievalResults { get; set; } = JsonMembers.Empty<KnowledgeBaseRetrievalResult>();
}
