using System.Security.Cryptography;
using Aiops.Aws;
using Aiops.Aws.Bedrock;
using Aiops.Aws.CloudFormation;
using Aiops.Aws.DynamoDb;
using Aiops.Aws.DynamoDb.Cases;
using Aiops.Aws.DynamoDb.Incidents;
using Aiops.Aws.DynamoDb.Models;
using Aiops.Aws.DynamoDb.Review;
using Aiops.Aws.DynamoDb.Tickets;
using Aiops.Aws.Knowledge;
using Aiops.Aws.S3;
using Aiops.Aws.Sqs;
using Aiops.Aws.StepFunctions;
using Aiops.Aws.SystemsManager;
using Aiops.Aws.Wire;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Intake.Queue;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Documents;
using Aiops.Pipeline.Reason.Models;
using Aiops.Pipeline.Review;
using Amazon.DynamoDBv2;
using Amazon.S3;
using Amazon.StepFunctions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Cli.Stores;

/// <summary>A deployed stack's stores, by the credentials, Region and endpoints of the AWS environment.</summary>
internal sealed class StackStores : IHostStores
{
    private readonly AwsHostSettings settings;
    private readonly WireOptions options;
    private readonly WireClient wire;
    private readonly DynamoTable table;
    private readonly AmazonDynamoDBClient dynamo = new();
    private readonly AmazonS3Client s3;
    private readonly AmazonStepFunctionsClient workflows = new();
    private WireClient? modelWire;

    private StackStores(AwsHostSettings settings, WireOptions options, WireClient wire)
    {
        (this.settings, this.options, this.wire) = (settings, options, wire);
        var time = options.Time;
        s3 = new AmazonS3Client(new AmazonS3Config { ForcePathStyle = IsElsewhere("AWS_ENDPOINT_URL_S3") || IsElsewhere("AWS_ENDPOINT_URL") });
        table = new DynamoTable(dynamo, settings.Table, time, new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
        DynamoIncidentStore incidents = new(table, new DynamoStoreOptions());
        Incidents = incidents;
        Tickets = new DynamoTicketSystem(table);
        var documents = new S3DocumentStore(s3, settings.DocumentsBucket);
        Documents = documents;
        Reports = new DocumentReports(incidents, documents, time, simulated: false);
        Queue = new SqsTriggerQueue(wire, documents, new SqsTriggerQueueOptions
        {
            UrgentQueueUrl = settings.UrgentQueueUrl!,
            RoutineQueueUrl = settings.RoutineQueueUrl!,
            UrgentDeadLettersUrl = settings.UrgentDeadLettersUrl!,
            RoutineDeadLettersUrl = settings.RoutineDeadLettersUrl!,
        });
        DynamoCaseBook cases = new(table, new CaseMaker(documents, incidents));
        Cases = settings is { KnowledgeBaseId: { } knowledgeBase, DataSourceId: { } dataSource, KnowledgeBucket: { } bucket }
            ? new KnowledgeCaseBook(
                cases, table, new S3DocumentStore(s3, bucket), wire, new KnowledgeOptions { KnowledgeBaseId = knowledgeBase, DataSourceId = dataSource },
                NullLogger<KnowledgeCaseBook>.Instance)
            : cases;
        Runbooks = new DynamoDocumentShelf(table);
        var starter = new StepFunctionsStarter(workflows, settings.IncidentStateMachine!);
        Desk = new IncidentDesk(Incidents, new IncidentWorkflow(Incidents, starter, settings.Settle, settings.MaxRounds), time);
        if (settings.ReviewStateMachine is { } reviewMachine)
        {
            DynamoReviewDesk desk = new(table, new DynamoStoreOptions());
            ReviewStep waiting = new(desk, new StepFunctionsCallbacks(workflows), NullLogger<ReviewStep>.Instance);
            Reviews = new LateReview(waiting, desk, incidents, new StepFunctionsStarter(workflows, reviewMachine), documents);
        }

        Door = new EventDoor(new EventReader(), Queue, time);
    }

    public IIncidentStore Incidents { get; }

    public ITriggerQueue Queue { get; }

    public IBuiltInTickets Tickets { get; }

    public IncidentDesk Desk { get; }

    public EventDoor Door { get; }

    public ICaseBook Cases { get; }

    public IDocumentShelf Runbooks { get; }

    public IDocumentStore Documents { get; }

    public IIncidentReports Reports { get; }

    /// <inheritdoc/>
    public LateReview? Reviews { get; }

    /// <summary>The stack's account.</summary>
    public string KnowledgeScope => settings.Account!;

    /// <exception cref="UserErrorException">No Region is named.</exception>
    /// <exception cref="DeployedStackException">The stack isn't there, or isn't one of ours.</exception>
    public static async Task<StackStores> OpenAsync(string stack, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var region = Environment.GetEnvironmentVariable("AWS_REGION") is { Length: > 0 } named ? named
            : Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION") is { Length: > 0 } other ? other
            : throw new UserErrorException(ExitCodes.Usage, "No Region is named to look for the stack in.", "Set AWS_REGION, and credentials as for any AWS command.");
        var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
        WireOptions calling = new() { Region = region, Time = environment.Time, Jitter = Jitter.From(random) };
        WireClient client = new(calling);
        return new StackStores(await StackOutputs.ReadAsync(client, stack, region, cancellationToken), calling, client);
    }

    /// <summary>The model that the stack's functions ask, by the same settings and within the same budget: the day's cap is one for all.</summary>
    public async Task<MeteredModel?> OpenModelAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        if (settings.ModelParameter is not { } name)
        {
            return null;
        }

        try
        {
            if (!(await new SsmParameters(wire).GetAsync([name], cancellationToken)).TryGetValue(name, out var text))
            {
                tell($"The stack's model has no settings: there is no parameter {name}.");
                return null;
            }

            if (StackModel.Read(text, name, settings.Region) is not { } read)
            {
                return null;
            }

            modelWire?.Dispose();
            modelWire = new WireClient(options with { ServiceUrl = read.Endpoint });
            ModelAccess access = new(new BedrockChatClient(modelWire, StackModel.OptionsOf(read)), read) { Clock = options.Time };
            return new MeteredModel(access, new DynamoModelBudget(table, new DynamoStoreOptions()));
        }
        catch (WireException e)
        {
            tell($"The settings of the stack's model, the parameter {name}, can't be read: {e.Message}");
            return null;
        }
        catch (ModelSettingsException e)
        {
            tell(e.Message);
            return null;
        }
    }

    public string ReportPlace(string incidentId)
        => S3Links.ToObject(settings.DocumentsBucket, settings.Region, DocumentKeys.Report(incidentId));

    public ValueTask DisposeAsync()
    {
        wire.Dispose();
        modelWire?.Dispose();
        dynamo.Dispose();
        s3.Dispose();
        workflows.Dispose();
        return ValueTask.CompletedTask;
    }

    // Servers that only speak S3's protocol have no host name a bucket.
    private static bool IsElsewhere(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };
}
