using Aiops.Cdk.Functions;
using Aiops.Cdk.Sources;
using Constructs;

namespace Aiops.Cdk.Stages;

/// <summary>Records what was changed in the account as it happens: looking it up later takes minutes, two requests a
/// second.</summary>
internal sealed class RecordChange : Construct
{
    public RecordChange(Construct scope, StageProps props) : base(scope, nameof(RecordChange))
    {
        Function = new AiopsFunction(this, props.Host, Handler.RecordChange, failures: props.Queues.Undelivered);
        props.Stores.GrantPut(Function.Role, props.Stores.Changes);
        foreach (var source in ChangeSources.All)
        {
            _ = new EventRule(this, new EventRuleProps(props.Host.Names, source.Name, source.Says, props.Queues.Undelivered)
            {
                Pattern = source.Pattern,
                Function = Function.Function,
            });
        }
    }

    public AiopsFunction Function { get; }
}
