using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.SQS;
using Aiops.Cdk.Foundation;
using Constructs;

namespace Aiops.Cdk.Functions;

/// <summary>
/// One function with a role and a log group of its own. The role begins with its own logs and traces alone; what a stage may
/// do is said by the stage.
/// </summary>
internal sealed class AiopsFunction : Construct
{
    /// <param name="reserved">Executions at once; null: as many as the account has.</param>
    /// <param name="failures">For functions invoked asynchronously: where an event goes that failed to the last.</param>
    public AiopsFunction(Construct scope, FunctionHost host, Handler handler, int? reserved = null, Queue? failures = null)
        : base(scope, "Function")
    {
        Handler = handler;
        Name = host.Names.Of(handler.Kebab);
        var logs = new LogGroup(this, "Logs", new LogGroupProps
        {
            LogGroupName = $"/aws/lambda/{Name}",
            Retention = host.LogRetention,
            EncryptionKey = host.LogKey,
            RemovalPolicy = RemovalPolicy.DESTROY,
        });
        Role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
            Description = $"{Name}: {handler.Says}",
        });
        logs.GrantWrite(Role);
        PolicyExceptions.Excuse(Role, "AwsSolutions-IAM5[Resource::*]",
            "only actions that have no resource, each listed in ActionsWithoutResource.cs and tested");
        Function = new Function(this, "Resource", new FunctionProps
        {
            FunctionName = Name,
            Description = handler.Says,
            Runtime = Runtime.DOTNET_10,
            Architecture = Architecture.ARM_64,
            Handler = "Aiops.Functions",
            Code = host.Code,
            MemorySize = handler.MemoryMegabytes,
            Timeout = Duration.Seconds(handler.TimeoutSeconds),
            Environment = new Dictionary<string, string>(host.Environment) { ["ANNOTATIONS_HANDLER"] = handler.Name },
            ReservedConcurrentExecutions = host.ReserveConcurrency ? reserved : null,
            Tracing = Tracing.ACTIVE,
            // Text: the functions write JSON lines themselves, and Lambda's own JSON format would wrap them, metrics (EMF)
            // included.
            LoggingFormat = LoggingFormat.TEXT,
            LogGroup = logs,
            Role = Role,
        });
        if (failures is null)
        {
            PolicyExceptions.Excuse(
                Function, "Serverless-LambdaDLQ", "invoked synchronously: who invokes it sees the failure and retries");
        }
        else
        {
            Queues.GrantSend(Role, failures);
            ((CfnFunction)Function.Node.DefaultChild!).DeadLetterConfig =
                new CfnFunction.DeadLetterConfigProperty { TargetArn = failures.QueueArn };
        }
    }

    public Handler Handler { get; }
    public string Name { get; }
    public Function Function { get; }

    /// <summary>What rights are granted to.</summary>
    public Role Role { get; }
}
