using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.SecretsManager;
using Aiops.Cdk.Api;
using Aiops.Cdk.Foundation;
using Aiops.Cdk.Functions;
using Aiops.Cdk.Knowledge;
using Aiops.Cdk.Parameters;
using Aiops.Cdk.Sources;
using Aiops.Cdk.Stages;
using Aiops.Cdk.Watching;
using Aiops.Cdk.Workflows;
using Constructs;
using StageProps = Aiops.Cdk.Stages.StageProps;

namespace Aiops.Cdk;

/// <summary>One environment in one account and Region, whole. A table of contents: each part has a file.</summary>
public sealed class AiopsStack : Stack
{
    /// <param name="bundle">Gives the functions' code, within a construct of this stack.</param>
    public AiopsStack(Construct scope, string id, AiopsParameters parameters, Func<Construct, Code> bundle, IStackProps props)
        : base(scope, id, props)
    {
        var names = new AiopsNames(this, parameters.StackName);
        var removal = Removal.Of(parameters.RetainData);

        var keys = new EncryptionKeys(this, names, parameters, removal);
        var stores = Stores = new Stores(this, new StoresProps(names, keys.Data, parameters.RetainData, parameters.DocumentDays));
        var queues = new TriggerQueues(this, names, keys.Messages, parameters, Intake.Visibility);
        var switches = new Switches(this, names);
        var secret = NewWebhookSecret(keys, names);
        var knowledge = parameters.KnowledgeBase ? new KnowledgeBase(
            this, new KnowledgeBaseProps(names, stores.Knowledge, keys.Data, parameters.EmbeddingModel)) : null;
        var host = new FunctionHost(
            names, bundle(this), FunctionEnvironment.Of(parameters, names, stores, queues, switches, secret, knowledge),
            keys.Data, Retention(parameters.LogRetentionDays), parameters.ReserveConcurrency);
        var stage = new StageProps(host, stores, queues, new WorkflowGrants(names),
            new WatchedAccount(names, parameters), switches, new TicketAccess(names, parameters.Tickets),
            new ModelAccess(names, parameters.Model), knowledge);

        _ = new EventSources(this, names, queues, parameters);
        var intake = new Intake(this, stage, parameters);
        var classify = new Classify(this, stage);
        var gather = new GatherContext(this, stage);
        var find = new FindRootCause(this, stage);
        var reason = new Reason(this, stage);
        var recommend = new Recommend(this, stage);
        var comment = new Comment(this, stage);
        var review = new Review(this, stage);
        var learn = new Learn(this, stage);
        AiopsFunction[] tasks = [classify.Function, gather.Function, find.Function, reason.Function, recommend.Function,
            comment.Function, review.Function, learn.Function];
        var incidents = new Workflow(this, new WorkflowProps(host, WorkflowGrants.Incident, tasks));
        var reviews = new Workflow(this, new WorkflowProps(host, WorkflowGrants.Review, tasks));
        var sweeps = new Sweeps(this, stage);
        var changes = new RecordChange(this, stage);
        var api = new ReviewApi(this, stage, parameters, secret);

        AiopsFunction[] outside = [intake.Function, sweeps.Sweep, sweeps.Reconcile, sweeps.WatchObjectives, changes.Function,
            api.ReceiveEvent, api.ReviewIncident];
        var system = new WatchedSystem(
            parameters.OwnAlarmPrefix, queues.Urgent.Queue, queues.Routine.Queue,
            [("urgent-dead-letters", queues.Urgent.DeadLetters), ("routine-dead-letters", queues.Routine.DeadLetters),
                ("undelivered", queues.Undelivered)],
            sweeps.Sweep, intake.Function, outside, [intake.Function, .. tasks],
            [(WorkflowGrants.Incident, incidents.StateMachine.StateMachineArn),
                (WorkflowGrants.Review, reviews.StateMachine.StateMachineArn)],
            [("incidents", stores.Incidents.TableName), ("changes", stores.Changes.TableName)], api.ApiId);
        var topic = new AlarmTopic(this, names, keys.Messages, parameters).Topic;
        var model = parameters.Model is null ? null : new WatchedModel(reason.Function, parameters.Environment, parameters.Model);
        _ = new OwnAlarms(this, system, model, topic);
        _ = new SystemDashboard(this, system, [.. outside, .. tasks, api.ListIncidents, api.ShowIncident], parameters, model);
        _ = new SystemCost(this, names, parameters, topic.TopicArn);

        Output("Table", stores.Incidents.TableName);
        Output("ChangesTable", stores.Changes.TableName);
        Output("DocumentsBucket", stores.Documents.BucketName);
        Output("KnowledgeBucket", stores.Knowledge.BucketName);
        Output("KnowledgeBaseId", knowledge?.Id);
        Output("DataSourceId", knowledge?.DataSourceId);
        Output("UrgentQueueUrl", queues.Urgent.Queue.QueueUrl);
        Output("RoutineQueueUrl", queues.Routine.Queue.QueueUrl);
        Output("UrgentDeadLettersUrl", queues.Urgent.DeadLetters.QueueUrl);
        Output("RoutineDeadLettersUrl", queues.Routine.DeadLetters.QueueUrl);
        Output("IncidentStateMachineArn", incidents.StateMachine.StateMachineArn);
        Output("ReviewStateMachineArn", reviews.StateMachine.StateMachineArn);
        Output("ApiUrl", api.Url);
        Output("ModelSettings", parameters.Model?.Settings);
        // Whoever starts what waits, from the command line too, starts it as the functions do.
        Output("SettleSeconds", $"{(int)parameters.Settle.TotalSeconds}");
        Output("MaxRounds", $"{parameters.MaxRounds}");

        SystemCost.TagAll(this, parameters.StackName, new TagProps
        {
            ExcludeResourceTypes = ["AWS::CloudWatch::Dashboard"], // Its tags are newer than some Regions and linters.
        });
        // W3005: CDK writes dependencies on roles that references already imply. W3037: an action newer than the linter's list.
        TemplateOptions.Metadata = PolicyExceptions.OfLint("W3005", "W3037");
    }

    internal Stores Stores { get; }

    private Secret NewWebhookSecret(EncryptionKeys keys, AiopsNames names)
    {
        var secret = new Secret(this, "WebhookSecret", new SecretProps
        {
            SecretName = names.Of("webhook"),
            Description = "What senders to POST /events sign with",
            EncryptionKey = keys.Data,
            GenerateSecretString = new SecretStringGenerator { PasswordLength = 48, ExcludePunctuation = true },
        });
        PolicyExceptions.Excuse(
            secret, "AwsSolutions-SMG4", "senders hold it too: it is rotated with them, as docs/deploy.md says");
        return secret;
    }

    private void Output(string key, string? value)
    {
        if (value is not null)
        {
            _ = new CfnOutput(this, key, new CfnOutputProps { Value = value });
        }
    }

    private static RetentionDays Retention(int days) => days switch
    {
        7 => RetentionDays.ONE_WEEK,
        14 => RetentionDays.TWO_WEEKS,
        30 => RetentionDays.ONE_MONTH,
        60 => RetentionDays.TWO_MONTHS,
        90 => RetentionDays.THREE_MONTHS,
        120 => RetentionDays.FOUR_MONTHS,
        150 => RetentionDays.FIVE_MONTHS,
        180 => RetentionDays.SIX_MONTHS,
        365 => RetentionDays.ONE_YEAR,
        400 => RetentionDays.THIRTEEN_MONTHS,
        545 => RetentionDays.EIGHTEEN_MONTHS,
        731 => RetentionDays.TWO_YEARS,
        1096 => RetentionDays.THREE_YEARS,
        1827 => RetentionDays.FIVE_YEARS,
        2192 => RetentionDays.SIX_YEARS,
        2557 => RetentionDays.SEVEN_YEARS,
        2922 => RetentionDays.EIGHT_YEARS,
        3288 => RetentionDays.NINE_YEARS,
        _ => RetentionDays.TEN_YEARS,
    };
}
