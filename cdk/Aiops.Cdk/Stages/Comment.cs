using Aiops.Cdk.Functions;
using Constructs;

namespace Aiops.Cdk.Stages;

/// <summary>The ticket and its comment, kept in the table and where people work; the report, kept as a document.</summary>
internal sealed class Comment : Construct
{
    public Comment(Construct scope, StageProps props) : base(scope, nameof(Comment))
    {
        Function = new AiopsFunction(this, props.Host, Handler.Comment);
        props.Stores.GrantReadWrite(Function.Role, props.Stores.Incidents);
        props.Stores.GrantReadWrite(Function.Role, props.Stores.Documents);
        props.Tickets.Grant(Function.Role);
    }

    public AiopsFunction Function { get; }
}
