using Aiops.Cdk.Functions;
using Constructs;

namespace Aiops.Cdk.Stages;

/// <summary>A language model over the diagnosis, where one is named. It may ask for metrics, logs and traces that were not
/// gathered; without a model it may do nothing.</summary>
internal sealed class Reason : Construct
{
    public Reason(Construct scope, StageProps props) : base(scope, nameof(Reason))
    {
        Function = new AiopsFunction(this, props.Model.Tell(props.Host), Handler.Reason);
        if (!props.Model.IsConfigured)
        {
            return;
        }

        props.Stores.GrantReadWrite(Function.Role, props.Stores.Incidents); // What calls cost, and who waits for the model.
        props.Stores.GrantReadWrite(Function.Role, props.Stores.Documents);
        props.Account.GrantReadMetrics(Function.Role);
        props.Account.GrantReadAlarms(Function.Role);
        props.Account.GrantReadLogs(Function.Role);
        props.Account.GrantReadTraces(Function.Role);
        props.Model.Grant(Function.Role);
    }

    public AiopsFunction Function { get; }
}
