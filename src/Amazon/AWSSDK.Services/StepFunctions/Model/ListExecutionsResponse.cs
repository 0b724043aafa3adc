using Amazon.Internal;
using Amazon.Runtime;

namespace Amazon.StepFunctions.Model;

/// <summary>A page of executions.</summary>
public class ListExecutionsResponse : AmazonWebServiceResponse
{
    public List<ExecutionListItem> Executions { get; set; } = JsonMembers.Empty<ExecutionListItem>();

    public string NextToken { get; set; }
}
