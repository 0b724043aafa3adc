using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.StepFunctions;
using Aiops.Cdk.Foundation;
using Aiops.Cdk.Parameters;
using Aiops.Cdk.Watching;
using Aiops.Cdk.Workflows;
using Constructs;
using Condition = Aiops.Cdk.Foundation.Condition;

namespace Aiops.Cdk.Actions;

/// <summary>
/// The one thing here that may change the watched account, and so a stack that nobody gets unasked. Its workflow starts named
/// SSM Automation documents and nothing else; what a document may then do is bounded by the policies that people name. Nothing
/// in the other stack may start it: who approves does.
/// </summary>
public sealed class ApprovedActionsStack : Stack
{
    public ApprovedActionsStack(Construct scope, string id, AiopsParameters parameters, ActionParameters actions,
        IStackProps props) : base(scope, id, props)
    {
        var names = new AiopsNames(this, parameters.StackName);
        var automation = NewAutomationRole(names, actions);
        var workflow = NewWorkflow(names, actions, automation);
        _ = new CfnOutput(this, "ActionStateMachineArn", new CfnOutputProps { Value = workflow.StateMachineArn });
        SystemCost.TagAll(this, parameters.StackName);
        TemplateOptions.Metadata = PolicyExceptions.OfLint("W3005");
    }

    private Role NewAutomationRole(AiopsNames names, ActionParameters actions) => new(this, "AutomationRole", new RoleProps
    {
        AssumedBy = new ServicePrincipal("ssm.amazonaws.com", new ServicePrincipalOpts
        {
            Conditions = new Dictionary<string, object>
            {
                ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = names.Account },
                ["ArnLike"] = new Dictionary<string, object> { ["aws:SourceArn"] = names.Arn("ssm", "automation-execution/*") },
            },
        }),
        Description = $"{names.Stack}: what an approved action may do, by the policies in aiops:actions.policyArns",
        ManagedPolicies = [.. actions.PolicyArns.Select((arn, i) => ManagedPolicy.FromManagedPolicyArn(this, $"Policy{i}", arn))],
    });

    private StateMachine NewWorkflow(AiopsNames names, ActionParameters actions, Role automation)
    {
        var role = new Role(this, "WorkflowRole", new RoleProps
        {
            AssumedBy = new ServicePrincipal("states.amazonaws.com", new ServicePrincipalOpts
            {
                Conditions = Condition.That("StringEquals", "aws:SourceAccount", names.Account),
            }),
            Description = $"{names.Stack}: starts the documents in aiops:actions.documents",
        });
        Allow(role, "ssm:StartAutomationExecution", [.. actions.Documents.SelectMany(document => ArnsOf(names, document))]);
        Allow(role, "ssm:GetAutomationExecution", [names.Arn("ssm", "automation-execution/*")]);
        role.AddToPolicy(new PolicyStatement(new PolicyStatementProps
        {
            Actions = ["iam:PassRole"],
            Resources = [automation.RoleArn],
            Conditions = Condition.That("StringEquals", "iam:PassedToService", "ssm.amazonaws.com"),
        }));
        PolicyExceptions.Excuse(role, $"AwsSolutions-IAM5[Resource::{names.FindingOf("ssm", "automation-execution/*")}]",
            "an automation gets its id when it starts");
        PolicyExceptions.Excuse(role, "AwsSolutions-IAM5[Resource::*]",
            "tracing and vended logs have no resource; each action is listed in ActionsWithoutResource.cs and tested");
        return new StateMachine(this, "Workflow", new StateMachineProps
        {
            StateMachineName = names.Of("action"),
            DefinitionBody = DefinitionBody.FromString(WorkflowFiles.Read("action")),
            DefinitionSubstitutions = new Dictionary<string, string>
            {
                ["AllowedDocuments"] = string.Join(", ", actions.Documents.Select(document => $"'{document}'")),
                ["AutomationRole"] = automation.RoleArn,
            },
            Role = role,
            Timeout = Duration.Hours(12),
            TracingEnabled = true,
            Logs = new LogOptions { Level = LogLevel.ALL, IncludeExecutionData = false, Destination = NewLogs(names) },
        });
    }

    private LogGroup NewLogs(AiopsNames names)
    {
        // The key stays with the log, which nobody could read without it.
        var key = new Key(this, "Key", EncryptionKeys.Props("Actions", names, "logs of approved actions", RemovalPolicy.RETAIN));
        EncryptionKeys.LimitGrants(key);
        EncryptionKeys.AllowLogs(key, names);
        return new LogGroup(this, "Logs", new LogGroupProps
        {
            LogGroupName = $"/aws/vendedlogs/states/{names.Of("action")}",
            Retention = RetentionDays.ONE_YEAR, // Who changed what is asked for longer than why a function was slow.
            EncryptionKey = key,
            RemovalPolicy = RemovalPolicy.RETAIN,
        });
    }

    // An execution is named too, for starting asks for that right as well.
    private static IEnumerable<string> ArnsOf(AiopsNames names, string document)
    {
        Func<string, string, string> arn = IsOfAws(document) ? names.ArnOfAws : names.Arn;
        return [arn("ssm", $"document/{document}"), arn("ssm", $"automation-definition/{document}:$DEFAULT"),
            names.Arn("ssm", "automation-execution/*")];
    }

    // AWS-, AWSSupport-, AWSConfigRemediation-, Amazon…: Systems Manager lets nobody else's documents begin so, and they belong
    // to no account.
    private static bool IsOfAws(string document)
        => document.StartsWith("AWS", StringComparison.OrdinalIgnoreCase)
            || document.StartsWith("Amazon", StringComparison.OrdinalIgnoreCase);

    private static void Allow(Role role, string action, string[] resources)
        => role.AddToPolicy(new PolicyStatement(
            new PolicyStatementProps { Actions = [action], Resources = [.. resources.Distinct()] }));
}
