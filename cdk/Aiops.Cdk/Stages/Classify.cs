using Aiops.Cdk.Functions;
using Constructs;

namespace Aiops.Cdk.Stages;

/// <summary>Kind, severity and depth: reads the incident, topology and objectives, and acknowledges that it changed.</summary>
internal sealed class Classify : Construct
{
    public Classify(Construct scope, StageProps props) : base(scope, nameof(Classify))
    {
        Function = new AiopsFunction(this, props.Host, Handler.Classify);
        props.Stores.GrantReadWrite(Function.Role, props.Stores.Incidents);
        props.Stores.GrantReadWrite(Function.Role, props.Stores.Documents);
        props.Account.GrantReadTopology(Function.Role);
        props.Account.GrantReadObjectives(Function.Role);
    }

    public AiopsFunction Function { get; }
}
