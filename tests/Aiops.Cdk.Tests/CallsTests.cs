using Aiops.Cdk.Functions;
using Aiops.Cdk.Tests.Synthesis;

namespace Aiops.Cdk.Tests;

/// <summary>
/// What each handler calls, read off the code that calls: a right that is missing shows here, where <see cref="RightsTests"/>
/// would only agree with the mistake.
/// </summary>
[Collection(Synthesized.Name)]
public sealed class CallsTests(SynthesizedApp app)
{
    private const string Incidents = "StoresIncidents";
    private const string Table = "Aiops.Aws/DynamoDb/DynamoTable.cs";
    private const string Changes = "Aiops.Aws/Changes/DynamoChangeTable.cs";
    private const string Documents = "Aiops.Aws/S3/S3DocumentStore.cs";
    private const string Lanes = "Aiops.Aws/Sqs/SqsLane.cs";

    /// <summary>Handlers, what they call and on what, and the file under <c>src</c> that does it.</summary>
    private static readonly (string Handlers, string Calls, string Source)[] Made =
    [
        // IIncidentStore, IIncidents, IReviewDesk, ITicketSystem, ICaseBook, IPastIncidents.
        ("Classify GatherContext FindRootCause Reason Recommend Comment Review Learn ShowIncident ReviewIncident Intake Sweep",
            $"dynamodb:GetItem @ {Incidents}", Table),
        ("Classify GatherContext FindRootCause Reason Recommend Comment Learn ShowIncident Intake Sweep Reconcile",
            $"dynamodb:Query @ {Incidents}", Table),
        ("Classify Sweep Reconcile ListIncidents", $"dynamodb:Query @ {Incidents}/index/GSI1", Table),
        ("Classify GatherContext Learn Intake Sweep Reconcile", $"dynamodb:BatchGetItem @ {Incidents}", Table),
        ("Classify Reason Comment Review Learn Intake Sweep Reconcile ReviewIncident", $"dynamodb:PutItem @ {Incidents}", Table),
        ("Classify Comment Learn Intake Sweep Reconcile", $"dynamodb:UpdateItem @ {Incidents}", Table),
        ("Comment Learn Intake Sweep Reconcile", $"dynamodb:BatchWriteItem @ {Incidents}", Table), // A reader helps out too.
        ("Reconcile", $"dynamodb:GetItem dynamodb:DeleteItem @ {Incidents}", Table), // The marker of a case that waits for the knowledge base.

        ("Reason Sweep", $"dynamodb:DeleteItem @ {Incidents}", Table), // Who waits for the model, and no longer does.

        // IChangeTable.
        ("RecordChange GatherContext", "dynamodb:PutItem @ StoresChanges", Changes),
        ("GatherContext", "dynamodb:Query @ StoresChanges", Changes),

        // IDocumentStore; events that outgrow a message are documents as well.
        ("Classify GatherContext FindRootCause Reason Recommend Comment Learn Intake Sweep Reconcile WatchObjectives ReceiveEvent",
            "s3:PutObject @ StoresDocuments/*", Documents),
        ("GatherContext FindRootCause Reason Recommend Comment Learn ShowIncident Intake Sweep WatchObjectives",
            "s3:GetObject @ StoresDocuments/*", Documents),
        ("ReviewIncident Learn Sweep", "s3:ListBucket @ StoresDocuments", Documents),
        ("Learn", "s3:PutObject @ StoresKnowledge/*", Documents),
        ("Learn Reconcile", "bedrock:StartIngestionJob @ KnowledgeBase", "Aiops.Aws/Knowledge/KnowledgeCaseBook.cs"),
        ("GatherContext", "bedrock:Retrieve @ KnowledgeBase", "Aiops.Aws/Knowledge/KnowledgeBaseCandidates.cs"),

        // ITriggerQueue.
        ("Reconcile WatchObjectives ReceiveEvent",
            "sqs:SendMessage @ TriggerQueuesUrgentLaneQueue TriggerQueuesRoutineLaneQueue", Lanes),
        ("Intake", "sqs:SendMessage @ TriggerQueuesUrgentLaneDeadLetters TriggerQueuesRoutineLaneDeadLetters", Lanes),

        // IWorkflowStarter, IReviewWorkflowStarter, IWorkflowCallbacks.
        ("Intake Sweep Learn", "states:StartExecution @ stateMachine:aiops-full-incident",
            "Aiops.Aws/StepFunctions/StepFunctionsStarter.cs"),
        ("ReviewIncident Sweep", "states:StartExecution @ stateMachine:aiops-full-review",
            "Aiops.Aws/StepFunctions/StepFunctionsStarter.cs"),
        ("Review ReviewIncident Sweep", "states:SendTaskSuccess @ stateMachine:aiops-full-incident",
            "Aiops.Aws/StepFunctions/StepFunctionsCallbacks.cs"),

        // The switches and the secret.
        ("Intake Sweep", "ssm:GetParameters @ parameterSwitchesMute parameterSwitchesMaintenance",
            "Aiops.Aws/SystemsManager/SsmParameters.cs"),
        ("ReceiveEvent", "secretsmanager:GetSecretValue @ WebhookSecret", "Aiops.Aws/SecretsManager/StoredWebhookSecret.cs"),

        // Tickets elsewhere: the settings, the secrets that they name, OpsItems.
        ("Comment Learn Sweep", "ssm:GetParameters @ parameter/aiops-full/tickets", "Aiops.Aws/SystemsManager/SsmParameters.cs"),
        ("Comment Learn Sweep", "secretsmanager:GetSecretValue @ secret:jira-AbCdEf",
            "Aiops.Aws/SecretsManager/StoredWebhookSecret.cs"),
        ("Comment Learn Sweep", "ssm:CreateOpsItem ssm:DescribeOpsItems @ *", "Aiops.Aws/SystemsManager/OpsCenterApi.cs"),
        ("Comment Learn Sweep", "ssm:GetOpsItem ssm:UpdateOpsItem @ opsitem/*", "Aiops.Aws/SystemsManager/OpsCenterApi.cs"),

        // A language model: its settings, and Converse, which is checked by the name of an older operation.
        ("Reason Sweep", "ssm:GetParameters @ parameter/aiops-full/model", "Aiops.Aws/SystemsManager/SsmParameters.cs"),
        ("Reason Sweep", "bedrock:InvokeModel @ arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-pro-v1:0"
            + " inference-profile/eu.amazon.nova-pro-v1:0", "Aiops.Aws/Bedrock/BedrockChatClient.cs"),

        // The watched account.
        ("GatherContext Reason", "cloudwatch:GetMetricData @ *", "Aiops.Aws/CloudWatch/CloudWatchMetrics.cs"),
        ("GatherContext Reason Reconcile", "cloudwatch:DescribeAlarms @ *", "Aiops.Aws/CloudWatch/AlarmLookup.cs"),
        ("Reconcile", "cloudwatch:DescribeAlarmContributors @ alarm:*", "Aiops.Aws/CloudWatch/AlarmLookup.cs"),
        ("GatherContext Reason", "logs:StartQuery logs:GetQueryResults @ log-group:/aws/lambda/checkout:* log-group:/ecs/shop*:*",
            "Aiops.Aws/Logs/LogQuery.cs"),
        ("GatherContext Reason", "logs:StopQuery @ *", "Aiops.Aws/Logs/LogQuery.cs"),
        ("GatherContext Reason", "logs:FilterLogEvents @ log-group:/aws/lambda/checkout:* log-group:/ecs/shop*:*",
            "Aiops.Aws/Logs/LogEvents.cs"),
        ("GatherContext Reason", "logs:DescribeLogGroups @ *", "Aiops.Aws/Logs/LogGroups.cs"),
        ("GatherContext Reason", "logs:ListAnomalies @ *", "Aiops.Aws/Logs/LogAnomalies.cs"),
        ("GatherContext Reason", "xray:GetTraceSummaries xray:BatchGetTraces @ *", "Aiops.Aws/XRay/XRayTraces.cs"),
        ("Classify GatherContext Reconcile", "xray:GetServiceGraph @ *", "Aiops.Aws/XRay/XRayTopology.cs"),
        ("Classify GatherContext Reconcile", "application-signals:ListServices application-signals:ListServiceDependencies"
            + " application-signals:ListServiceDependents @ *", "Aiops.Aws/ApplicationSignals/ServiceDependencies.cs"),
        ("Classify GatherContext WatchObjectives", "application-signals:ListServiceLevelObjectives @ *",
            "Aiops.Aws/ApplicationSignals/SignalObjectives.cs"),
        ("Classify GatherContext WatchObjectives", "application-signals:BatchGetServiceLevelObjectiveBudgetReport @ slo/*",
            "Aiops.Aws/ApplicationSignals/SignalObjectives.cs"),
        ("GatherContext", "application-signals:ListServiceStates application-signals:ListEntityEvents @ *",
            "Aiops.Aws/ApplicationSignals/SignalChanges.cs"),
        ("GatherContext", "config:SelectResourceConfig @ *", "Aiops.Aws/Config/ConfigChanges.cs"),
        ("GatherContext", "cloudtrail:LookupEvents @ *", "Aiops.Aws/CloudTrail/TrailLookup.cs"),
    ];

    /// <summary>Operations that no function calls: people's commands do (<c>aiops --stack</c>, <c>aiops queue</c>), Lambda's
    /// poller does, or nobody does yet.</summary>
    private static readonly string[] OfNoFunction =
    [
        "DescribeStacks", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes",
        "StartMessageMoveTask", "ListMessageMoveTasks",
    ];

    [Fact]
    public void Every_handler_may_do_what_it_calls()
    {
        foreach (var handler in Handler.All.Select(one => one.Name))
        {
            var called = Made.Where(made => made.Handlers.Split(' ').Contains(handler)).ToList();
            called.ShouldNotBeEmpty(handler);
            called.SelectMany(made => Rights.Written(made.Calls)).SelectMany(call => (string[])[call, .. WithIt(call)])
                .Except(Rights.Of(app.Full, handler)).ShouldBeEmpty(handler);
        }
    }

    [Fact]
    public void The_table_above_names_the_files_that_call_and_handlers_there_are()
    {
        foreach (var (handlers, calls, source) in Made)
        {
            handlers.Split(' ').Except(Handler.All.Select(handler => handler.Name)).ShouldBeEmpty();
            var code = File.ReadAllText(Repository.PathTo(["src", .. source.Split('/')]));
            Rights.Written(calls).ShouldAllBe(call => code.Contains(Operation(call), StringComparison.Ordinal), source);
        }
    }

    [Fact]
    public void Every_operation_on_the_wire_is_in_the_table_above_or_no_functions()
    {
        var operations = Directory
            .EnumerateFiles(Repository.PathTo("src", "Aiops.Aws", "Wire"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains(".Service.Call(", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Select(name => name.EndsWith("Batch", StringComparison.Ordinal) ? name[..^"Batch".Length] : name)
            .Distinct().ToList();
        var called = Made.SelectMany(made => Rights.Written(made.Calls)).Select(Operation).ToList();

        operations.ShouldContain("StartQuery");
        operations.Except(called).Except(OfNoFunction).ShouldBeEmpty();
        OfNoFunction.Except(operations).ShouldBeEmpty();
        OfNoFunction.Intersect(called).ShouldBeEmpty();
    }

    private static string Operation(string call) => call.Split(' ')[0].Split(':')[1] switch
    {
        "ListBucket" => "ListObjectsV2",
        "InvokeModel" => "Converse",
        var operation => operation,
    };

    /// <summary>What a service asks of its caller besides: the key, and a bucket's list, without which a missing object looks
    /// like a missing right.</summary>
    private static string[] WithIt(string call) => call.Split(' ') switch
    {
        ["dynamodb:PutItem" or "dynamodb:UpdateItem" or "dynamodb:BatchWriteItem", ..] =>
            ["kms:Decrypt @ EncryptionKeysData-via-dynamodb", "kms:GenerateDataKey @ EncryptionKeysData-via-dynamodb"],
        ["dynamodb:GetItem" or "dynamodb:BatchGetItem" or "dynamodb:Query", ..] =>
            ["kms:Decrypt @ EncryptionKeysData-via-dynamodb"],
        ["s3:PutObject", ..] =>
            ["kms:Decrypt @ EncryptionKeysData-via-s3", "kms:GenerateDataKey @ EncryptionKeysData-via-s3"],
        ["s3:GetObject", ..] => ["kms:Decrypt @ EncryptionKeysData-via-s3", "s3:ListBucket @ StoresDocuments"],
        ["sqs:SendMessage", ..] => ["kms:Decrypt @ EncryptionKeysMessages", "kms:GenerateDataKey @ EncryptionKeysMessages"],
        ["secretsmanager:GetSecretValue", _, "WebhookSecret"] => ["kms:Decrypt @ EncryptionKeysData-via-secretsmanager"],
        ["secretsmanager:GetSecretValue", ..] => ["kms:Decrypt @ key/ours"],
        _ => [],
    };
}
