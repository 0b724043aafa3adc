using Aiops.Cdk.Functions;
using Constructs;

namespace Aiops.Cdk.Stages;

/// <summary>Playbooks and reviewed cases against the diagnosis; it recommends and can do nothing.</summary>
internal sealed class Recommend : Construct
{
    public Recommend(Construct scope, StageProps props) : base(scope, nameof(Recommend))
    {
        Function = new AiopsFunction(this, props.Host, Handler.Recommend);
        props.Stores.GrantRead(Function.Role, props.Stores.Incidents);
        props.Stores.GrantReadWrite(Function.Role, props.Stores.Documents);
    }

    public AiopsFunction Function { get; }
}
