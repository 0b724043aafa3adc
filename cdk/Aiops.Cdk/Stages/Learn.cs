using Aiops.Cdk.Functions;
using Constructs;

namespace Aiops.Cdk.Stages;

/// <summary>Records the outcome and hands a reviewed case to the knowledge base.</summary>
internal sealed class Learn : Construct
{
    public Learn(Construct scope, StageProps props) : base(scope, nameof(Learn))
    {
        Function = new AiopsFunction(this, props.Host, Handler.Learn);
        props.Stores.GrantReadWrite(Function.Role, props.Stores.Incidents);
        props.Stores.GrantReadWrite(Function.Role, props.Stores.Documents);
        props.Stores.GrantReadWrite(Function.Role, props.Stores.Knowledge);
        props.Workflows.GrantStartIncident(Function.Role); // Closing an incident starts what waited for it.
        props.Tickets.Grant(Function.Role);
        props.KnowledgeBase?.GrantIngest(Function.Role);
    }

    public AiopsFunction Function { get; }
}
