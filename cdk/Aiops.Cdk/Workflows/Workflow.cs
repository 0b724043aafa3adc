using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.StepFunctions;
using Aiops.Cdk.Functions;
using Constructs;
using Condition = Aiops.Cdk.Foundation.Condition;

namespace Aiops.Cdk.Workflows;

/// <param name="Name">The file's, without <c>.asl.json</c>.</param>
/// <param name="Functions">Of which the definition names some, as <c>${ClassifyFunction}</c>.</param>
internal sealed record WorkflowProps(FunctionHost Host, string Name, IReadOnlyList<AiopsFunction> Functions);

/// <summary>One state machine, word for word its file. Its role may invoke the functions that the file names, and nothing
/// else.</summary>
internal sealed class Workflow : Construct
{
    public Workflow(Construct scope, WorkflowProps props)
        : base(scope, $"{char.ToUpperInvariant(props.Name[0])}{props.Name[1..]}Workflow")
    {
        var names = props.Host.Names;
        var definition = WorkflowFiles.Read(props.Name);
        var functions = WorkflowFiles.Substitutions(definition)
            .ToDictionary(name => name, name => FunctionCalled(name, props.Functions).Function.FunctionArn);
        var role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("states.amazonaws.com", new ServicePrincipalOpts
            {
                Conditions = Condition.That("StringEquals", "aws:SourceAccount", names.Account),
            }),
            Description = $"{names.Of(props.Name)}: invokes its tasks",
        });
        PolicyExceptions.Excuse(role, "AwsSolutions-IAM5[Resource::*]",
            "tracing and vended logs have no resource; each action is listed in ActionsWithoutResource.cs and tested");
        role.AddToPolicy(new PolicyStatement(
            new PolicyStatementProps { Actions = ["lambda:InvokeFunction"], Resources = [.. functions.Values] }));
        StateMachine = new StateMachine(this, "Resource", new StateMachineProps
        {
            StateMachineName = names.Of(props.Name),
            DefinitionBody = DefinitionBody.FromString(definition),
            DefinitionSubstitutions = functions,
            Role = role,
            TracingEnabled = true,
            Logs = new LogOptions
            {
                Level = LogLevel.ALL,
                IncludeExecutionData = false, // Payloads may hold what the masks haven't seen yet.
                Destination = new LogGroup(this, "Logs", new LogGroupProps
                {
                    // The prefix keeps the account's one policy for vended logs from growing with every workflow.
                    LogGroupName = $"/aws/vendedlogs/states/{names.Of(props.Name)}",
                    Retention = props.Host.LogRetention,
                    EncryptionKey = props.Host.LogKey,
                    RemovalPolicy = RemovalPolicy.DESTROY,
                }),
            },
            RemovalPolicy = RemovalPolicy.DESTROY,
        });
    }

    public StateMachine StateMachine { get; }

    private static AiopsFunction FunctionCalled(string substitution, IReadOnlyList<AiopsFunction> functions)
        => functions.SingleOrDefault(function => $"{function.Handler.Name}Function" == substitution)
            ?? throw new InvalidOperationException($"The workflow names ${{{substitution}}}, and there is no such function.");
}
