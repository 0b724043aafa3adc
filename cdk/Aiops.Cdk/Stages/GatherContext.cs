using Aiops.Cdk.Functions;
using Constructs;

namespace Aiops.Cdk.Stages;

/// <summary>One source of evidence at a time: the stage that looks around in the watched account.</summary>
internal sealed class GatherContext : Construct
{
    public GatherContext(Construct scope, StageProps props) : base(scope, nameof(GatherContext))
    {
        Function = new AiopsFunction(this, props.Host, Handler.GatherContext);
        props.Stores.GrantRead(Function.Role, props.Stores.Incidents);
        props.Stores.GrantQueryAndPut(Function.Role, props.Stores.Changes); // What history tells is kept from then on.
        props.Stores.GrantReadWrite(Function.Role, props.Stores.Documents);
        props.Account.GrantReadMetrics(Function.Role);
        props.Account.GrantReadAlarms(Function.Role);
        props.Account.GrantReadLogs(Function.Role);
        props.Account.GrantReadTraces(Function.Role);
        props.Account.GrantReadTopology(Function.Role);
        props.Account.GrantReadObjectives(Function.Role);
        props.Account.GrantReadChanges(Function.Role);
        props.KnowledgeBase?.GrantRetrieve(Function.Role);
    }

    public AiopsFunction Function { get; }
}
