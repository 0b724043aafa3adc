using Aiops.Cdk.Functions;
using Aiops.Cdk.Tests.Synthesis;

namespace Aiops.Cdk.Tests;

/// <summary>What each function may do, and on what: <see cref="Rights"/> says how it is written.</summary>
[Collection(Synthesized.Name)]
public sealed class RightsTests(SynthesizedApp app)
{
    private const string Own
        = "logs:CreateLogStream logs:PutLogEvents @ own-logs; xray:PutTelemetryRecords xray:PutTraceSegments @ *";
    private const string WriteKey = "kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey kms:ReEncryptFrom"
        + " kms:ReEncryptTo @ EncryptionKeysData-via-dynamodb";
    private const string ReadIncidents = "dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query @ StoresIncidents; "
        + "dynamodb:Query @ StoresIncidents/index/GSI1; kms:Decrypt kms:DescribeKey @ EncryptionKeysData-via-dynamodb";
    private const string WriteIncidents = ReadIncidents + "; " + WriteKey
        + "; dynamodb:BatchWriteItem dynamodb:DeleteItem dynamodb:PutItem dynamodb:UpdateItem @ StoresIncidents";
    private const string ReadDocuments
        = "s3:GetObject @ StoresDocuments/*; s3:ListBucket @ StoresDocuments; kms:Decrypt @ EncryptionKeysData-via-s3";
    private const string PutDocuments
        = "s3:PutObject @ StoresDocuments/*; kms:Decrypt kms:GenerateDataKey @ EncryptionKeysData-via-s3";
    private const string WriteDocuments = ReadDocuments + "; " + PutDocuments;
    private const string WriteKnowledge = "s3:GetObject s3:PutObject @ StoresKnowledge/*; s3:ListBucket @ StoresKnowledge";
    private const string Ingest = "bedrock:StartIngestionJob @ KnowledgeBase";

    private const string MessagesKey = "; kms:Decrypt kms:GenerateDataKey @ EncryptionKeysMessages";
    private const string SendTriggers = "sqs:GetQueueAttributes sqs:SendMessage @"
        + " TriggerQueuesUrgentLaneQueue TriggerQueuesRoutineLaneQueue" + MessagesKey;
    private const string SetAside = "sqs:GetQueueAttributes sqs:SendMessage @"
        + " TriggerQueuesUrgentLaneDeadLetters TriggerQueuesRoutineLaneDeadLetters" + MessagesKey;
    private const string Undelivered = "sqs:GetQueueAttributes sqs:SendMessage @ TriggerQueuesUndelivered" + MessagesKey;
    private const string Consume = "sqs:ReceiveMessage sqs:DeleteMessage sqs:ChangeMessageVisibility sqs:GetQueueAttributes @"
        + " TriggerQueuesUrgentLaneQueue TriggerQueuesRoutineLaneQueue";

    private const string Switches = "ssm:GetParameters @ parameterSwitchesMute parameterSwitchesMaintenance";
    private const string StartIncident = "states:StartExecution @ stateMachine:aiops-full-incident";
    private const string StartReview = "states:StartExecution @ stateMachine:aiops-full-review";
    private const string Answer = "states:SendTaskSuccess @ stateMachine:aiops-full-incident";

    private const string Tickets = "ssm:GetParameters @ parameter/aiops-full/tickets; "
        + "secretsmanager:GetSecretValue @ secret:jira-AbCdEf; kms:Decrypt @ key/ours; "
        + "ssm:CreateOpsItem ssm:DescribeOpsItems @ *; ssm:GetOpsItem ssm:UpdateOpsItem @ opsitem/*";

    // The Region's own model as it is; elsewhere, and what only a profile reaches, by that profile alone.
    private const string Model = "ssm:GetParameters @ parameter/aiops-full/model; bedrock:InvokeModel @"
        + " arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-pro-v1:0"
        + " inference-profile/eu.amazon.nova-pro-v1:0"
        + " arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-pro-v1:0-by-eu.amazon.nova-pro-v1:0"
        + " arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-pro-v1:0-by-eu.amazon.nova-pro-v1:0"
        + " inference-profile/global.anthropic.claude-sonnet-4-20250514-v1:0"
        + " arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-sonnet-4-20250514-v1:0"
        + "-by-global.anthropic.claude-sonnet-4-20250514-v1:0"
        + " arn:aws:bedrock:::foundation-model/anthropic.claude-sonnet-4-20250514-v1:0"
        + "-by-global.anthropic.claude-sonnet-4-20250514-v1:0";

    private const string Topology = "xray:GetServiceGraph application-signals:ListServices"
        + " application-signals:ListServiceDependencies application-signals:ListServiceDependents @ *";
    private const string Objectives = "application-signals:ListServiceLevelObjectives @ *; "
        + "application-signals:BatchGetServiceLevelObjectiveBudgetReport @ slo/*";
    private const string Alarms = "cloudwatch:DescribeAlarms @ *";
    private const string Contributors = "cloudwatch:DescribeAlarmContributors @ alarm:*";
    private const string Logs = "logs:StopQuery logs:DescribeLogGroups logs:ListAnomalies @ *; "
        + "logs:StartQuery logs:GetQueryResults logs:FilterLogEvents @"
        + " log-group:/aws/lambda/checkout:* log-group:/ecs/shop*:*";
    private const string Traces = "xray:GetTraceSummaries xray:BatchGetTraces @ *";
    private const string History = "cloudtrail:LookupEvents config:SelectResourceConfig application-signals:ListEntityEvents"
        + " application-signals:ListServiceStates @ *; dynamodb:Query dynamodb:PutItem @ StoresChanges";

    [Theory]
    [InlineData("Intake", WriteIncidents, WriteDocuments, Switches, StartIncident, SetAside, Consume)]
    [InlineData("Classify", WriteIncidents, WriteDocuments, Topology, Objectives)]
    [InlineData("GatherContext", ReadIncidents, WriteKey, WriteDocuments, Topology, Objectives, "cloudwatch:GetMetricData @ *",
        Alarms, Logs, Traces, History, "bedrock:Retrieve @ KnowledgeBase")]
    [InlineData("FindRootCause", ReadIncidents, WriteDocuments)]
    [InlineData("Reason", WriteIncidents, WriteDocuments, "cloudwatch:GetMetricData @ *", Alarms, Logs, Traces, Model)]
    [InlineData("Recommend", ReadIncidents, WriteDocuments)]
    [InlineData("Comment", WriteIncidents, WriteDocuments, Tickets)]
    [InlineData("Review", WriteIncidents, Answer)]
    [InlineData("Learn", WriteIncidents, WriteDocuments, WriteKnowledge, StartIncident, Ingest, Tickets)]
    [InlineData("Sweep", WriteIncidents, WriteDocuments, Switches, StartIncident, StartReview, Answer, Undelivered, Tickets,
        Model)]
    [InlineData("Reconcile", WriteIncidents, WriteDocuments, Alarms, Contributors, Topology, Ingest, SendTriggers,
        Undelivered)]
    [InlineData("WatchObjectives", WriteDocuments, Objectives, SendTriggers, Undelivered)]
    [InlineData("RecordChange", "dynamodb:PutItem @ StoresChanges", WriteKey, Undelivered)]
    [InlineData("ReceiveEvent", SendTriggers, PutDocuments,
        "secretsmanager:GetSecretValue @ WebhookSecret; kms:Decrypt @ EncryptionKeysData-via-secretsmanager")]
    [InlineData("ListIncidents", ReadIncidents)]
    [InlineData("ShowIncident", ReadIncidents, ReadDocuments)]
    [InlineData("ReviewIncident", WriteIncidents, ReadDocuments, Answer, StartReview)]
    public void A_function_may_do_this_on_these_and_nothing_else(string handler, params string[] expected)
    {
        var pairs = expected.Append(Own).SelectMany(Rights.Written).ToHashSet(StringComparer.Ordinal);
        var found = Rights.Of(app.Full, handler);

        found.Except(pairs).ShouldBeEmpty();
        pairs.Except(found).ShouldBeEmpty();
    }

    [Fact]
    public void The_table_above_is_about_every_handler()
        => typeof(RightsTests).GetMethod(nameof(A_function_may_do_this_on_these_and_nothing_else))!
            .GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(InlineDataAttribute))
            .Select(attribute => (string)((
                IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)[0].Value!)
            .ShouldBe(Handler.All.Select(handler => handler.Name), ignoreOrder: true);

    [Theory]
    [InlineData("config:SelectResourceConfig")]
    [InlineData("application-signals:ListEntityEvents")]
    [InlineData("application-signals:ListServiceStates")]
    [InlineData("bedrock:Retrieve")]
    [InlineData("bedrock:StartIngestionJob")]
    [InlineData("bedrock:InvokeModel")]
    [InlineData("logs:StartQuery")]
    [InlineData("ssm:CreateOpsItem")]
    [InlineData("ssm:UpdateOpsItem")]
    public void What_is_not_asked_for_is_granted_to_nobody(string action)
    {
        app.Full.OfType("AWS::IAM::Policy").SelectMany(Statement.Of).ShouldContain(one => one.Actions.Contains(action));
        app.Least.OfType("AWS::IAM::Policy").SelectMany(Statement.Of).ShouldNotContain(one => one.Actions.Contains(action));
    }

    [Fact]
    public void Without_tickets_elsewhere_the_sweep_writes_no_document_and_starts_no_review()
    {
        var rights = Rights.Of(app.Least, "Sweep");
        rights.ShouldNotContain(right => right.StartsWith("s3:PutObject", StringComparison.Ordinal));
        rights.ShouldNotContain(right => right.Contains("review", StringComparison.Ordinal));
        app.Least.Function("Sweep").Property("Environment")!.ToJsonString().ShouldNotContain("AIOPS_TICKETS_SETTINGS");
        app.Full.Function("Sweep").Property("Environment")!["Variables"]!["AIOPS_TICKETS_SETTINGS"]!.ToString()
            .ShouldBe("/aiops-full/tickets");
    }

    [Fact]
    public void Without_a_model_reason_may_do_nothing_and_only_those_that_ask_one_are_told_of_it()
    {
        foreach (var template in new[] { app.Least, app.Other, app.Member })
        {
            Rights.Of(template, "Reason").ShouldAllBe(right => right.StartsWith("logs:") || right.StartsWith("xray:Put"));
            template.Json.ToJsonString().ShouldNotContain("AIOPS_MODEL_SETTINGS");
        }

        Handler.All.Select(handler => handler.Name)
            .Where(name => app.Full.Function(name).Text("Environment", "Variables", "AIOPS_MODEL_SETTINGS") == "/aiops-full/model")
            .ShouldBe(["Reason", "Sweep"]);
    }
}
