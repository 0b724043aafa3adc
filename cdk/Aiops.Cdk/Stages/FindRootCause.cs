using Aiops.Cdk.Functions;
using Constructs;

namespace Aiops.Cdk.Stages;

/// <summary>Mathematics over stored documents: it sees nothing of the account.</summary>
internal sealed class FindRootCause : Construct
{
    public FindRootCause(Construct scope, StageProps props) : base(scope, nameof(FindRootCause))
    {
        Function = new AiopsFunction(this, props.Host, Handler.FindRootCause);
        props.Stores.GrantRead(Function.Role, props.Stores.Incidents);
        props.Stores.GrantReadWrite(Function.Role, props.Stores.Documents);
    }

    public AiopsFunction Function { get; }
}
