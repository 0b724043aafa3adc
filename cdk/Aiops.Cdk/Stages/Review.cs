using Aiops.Cdk.Functions;
using Constructs;

namespace Aiops.Cdk.Stages;

/// <summary>Lays down the task token and delivers what was waiting for it.</summary>
internal sealed class Review : Construct
{
    public Review(Construct scope, StageProps props) : base(scope, nameof(Review))
    {
        Function = new AiopsFunction(this, props.Host, Handler.Review);
        props.Stores.GrantReadWrite(Function.Role, props.Stores.Incidents);
        props.Workflows.GrantAnswer(Function.Role);
    }

    public AiopsFunction Function { get; }
}
