using Aiops.Aws;
using Aiops.Aws.DynamoDb;
using Aiops.Aws.SystemsManager;
using Aiops.Aws.Tests.Emulators;
using Aiops.Aws.Tests.Functions;
using Aiops.Aws.Wire;
using Aiops.Functions;
using Aiops.Functions.Intake;
using Aiops.Functions.Running;
using Aiops.Local.Hosting;
using Aiops.Local.Recordings;
using Aiops.Local.Storage;
using Aiops.Local.Workflow;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Review;
using Amazon.DynamoDBv2;
using Amazon.Lambda.SQSEvents;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.StepFunctions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Scenarios.Running;

/// <summary>
/// The functions as they are deployed, composed by their own <see cref="Startup"/>, on servers that speak DynamoDB's, SQS's and
/// S3's protocols, with the interpreter in place of Step Functions. Telemetry alone comes from the recording: its adapters are
/// tested at the wire, each for itself.
/// </summary>
internal sealed class AwsRunner : IPipelineRunner
{
    private const string ModelSettings = "/aiops-test/model";

    private static readonly BasicAWSCredentials Anybody = new("test", "test");

    private readonly string folder;
    private readonly ReplayClock clock;
    private readonly SqliteDatabase database;
    private ServiceProvider services = null!;
    private WorkflowHost workflows = null!;
    private StepFunctionsPeer peer = null!;

    private AwsRunner(string folder, ReplayClock clock, SqliteDatabase database) => (this.folder, this.clock, this.database) = (folder, clock, database);

    /// <summary>Table, bucket and queues of this runner.</summary>
    public AwsHostSettings Settings { get; private set; } = null!;

    /// <summary>Where Step Functions' API is.</summary>
    public Uri Workflows => peer.Address;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <param name="model">What the parameter of the model's settings holds; null for a stack without one.</param>
    public static async Task<AwsRunner> StartAsync(Recording telemetry, DynamoServer dynamo, QueueAndBucketServer queues, string? model = null)
    {
        var state = Directory.CreateTempSubdirectory("aiops-scenario-").FullName;
        var executions = await SqliteDatabase.OpenAsync(
            Path.Combine(state, "executions.db"), new SqliteDatabaseOptions { Durability = Durability.ProcessCrash }, default);
        await executions.EnsureSchemaAsync(WorkflowHost.Schema, default);
        var runner = new AwsRunner(state, new ReplayClock(telemetry.Window.Start), executions);
        await runner.ComposeAsync(telemetry, dynamo, queues, model);
        return runner;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> body)
    {
        await services.GetRequiredService<EventDoor>().AdmitAsync(body.ToArray(), "scenario", default);
        await ConsumeAllAsync();
        await SettleDownAsync();
    }

    public async Task AdvanceAsync(DateTimeOffset until)
    {
        while (true)
        {
            await SettleDownAsync();
            var intake = await services.GetRequiredService<IIncidentStore>().NextDueAsync(default);
            DateTimeOffset?[] waits = [intake, workflows.NextDue];
            if (waits.Min() is not { } due || due > until)
            {
                break;
            }

            clock.AdvanceTo(due);
        }

        clock.AdvanceTo(until);
    }

    public async Task ReviewAsync(Outcome outcome)
    {
        var incident = await services.GetRequiredService<IIncidents>().GetAsync(outcome.IncidentId, default);
        await services.GetRequiredService<LateReview>().TakeAsync(incident, outcome, default);
        await SettleDownAsync();
    }

    public Task<IReadOnlyList<ToldIncident>> IncidentsAsync() => StoredIncidents.ReadAsync(
        services.GetRequiredService<IIncidentStore>(), services.GetRequiredService<IBuiltInTickets>(), services.GetRequiredService<IDocumentStore>());

    public async ValueTask DisposeAsync()
    {
        await peer.DisposeAsync();
        await workflows.DisposeAsync();
        await services.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task ComposeAsync(Recording telemetry, DynamoServer dynamo, QueueAndBucketServer queues, string? model)
    {
        var named = (await queues.NewTriggerQueueAsync(maxReceives: 5)).Options;
        Settings = new AwsHostSettings
        {
            Environment = "test",
            Table = await dynamo.NewTableAsync(),
            DocumentsBucket = await queues.NewBucketAsync(),
            IncidentStateMachine = StepFunctionsPeer.IncidentMachine,
            ReviewStateMachine = StepFunctionsPeer.ReviewMachine,
            UrgentQueueUrl = named.UrgentQueueUrl,
            RoutineQueueUrl = named.RoutineQueueUrl,
            UrgentDeadLettersUrl = named.UrgentDeadLettersUrl,
            RoutineDeadLettersUrl = named.RoutineDeadLettersUrl,
            ModelParameter = model is null ? null : ModelSettings,
            Region = "eu-west-1",
        };
        foreach (var (name, value) in new[] { ("AIOPS_ENVIRONMENT", "test"), ("AIOPS_TABLE", "t"), ("AIOPS_DOCUMENTS_BUCKET", "b") })
        {
            Environment.SetEnvironmentVariable(name, value); // Startup reads them first; what it made of them is replaced below.
        }

        var collection = new ServiceCollection();
        new Startup().ConfigureServices(collection);
        collection
            .AddSingleton(Settings)
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(new Random(1))
            .AddSingleton(new DynamoStoreOptions { RecordsKept = TimeSpan.FromDays(3_650) }) // Recordings are old, and whoever looks has a clock.
            .AddSingleton(new FunctionOutput(Stream.Null))
            .AddSingleton<IAmazonDynamoDB>(_ => dynamo.NewClient())
            .AddSingleton<IAmazonS3>(_ => queues.NewS3Client())
            .AddSingleton<IAmazonStepFunctions>(_ => new AmazonStepFunctionsClient(
                Anybody, new AmazonStepFunctionsConfig { ServiceURL = peer.Address.ToString(), AuthenticationRegion = "eu-west-1" }))
            .AddSingleton(new WireOptions { Region = "eu-west-1", ServiceUrl = new Uri(queues.Url), Credentials = Anybody, Jitter = () => 0.5 })
            .AddSingleton<IParameters>(new GivenParameters(model is null ? [] : new() { [ModelSettings] = model }))
            .AddSingleton(made => SourcesOf(telemetry, made.GetRequiredService<IPastIncidents>()))
            .AddSingleton<ITopologySource>(telemetry.Topology)
            .AddSingleton<IObjectiveSource>(telemetry.Objectives)
            .AddSingleton<IIncidentReports>(made => new DocumentReports(
                made.GetRequiredService<IIncidents>(), made.GetRequiredService<IDocumentStore>(), clock, telemetry.Manifest.Simulated));
        services = collection.BuildServiceProvider();

        var stages = HandlerCalls.Of(services);
        workflows = new WorkflowHost(database, new WorkflowCatalog(stages), stages, clock, NullLogger<WorkflowHost>.Instance);
        peer = await StepFunctionsPeer.StartAsync(workflows, clock);
        await services.GetRequiredService<TopologyRefresh>().RunAsync(default); // As Reconcile does by its schedule.
    }

    private ContextSources SourcesOf(Recording telemetry, IPastIncidents past) => new()
    {
        Metrics = telemetry.Metrics,
        Logs = telemetry.Logs,
        Traces = telemetry.Traces,
        Topology = telemetry.Topology,
        Changes = telemetry.Changes,
        Objectives = telemetry.Objectives,
        PastIncidents = past,
        Windows = RecordedWindowHints.For(telemetry, clock),
    };

    // Lambda's part: receives a batch, calls the function, deletes what it doesn't report as failed.
    private async Task ConsumeAllAsync()
    {
        var wire = services.GetRequiredService<WireClient>();
        var function = ActivatorUtilities.CreateInstance<IntakeFunction>(services);
        foreach (var url in new[] { Settings.UrgentQueueUrl!, Settings.RoutineQueueUrl! })
        {
            while (await LambdaPoller.ReceiveAsync(wire, url) is { Count: > 0 } received)
            {
                var answer = await function.Intake(new SQSEvent { Records = received }, new TestContext { FunctionName = "Intake" });
                answer.BatchItemFailures.ShouldBeEmpty();
                await LambdaPoller.SettleAsync(wire, url, received, answer);
            }
        }
    }

    private async Task SettleDownAsync()
    {
        var sweep = ActivatorUtilities.CreateInstance<SweepFunction>(services);
        for (var calm = 0; calm < 2;)
        {
            await sweep.Sweep(default, new TestContext { FunctionName = "Sweep" });
            calm = await workflows.PumpAsync(default) > 0 ? 0 : calm + 1;
            await workflows.IdleAsync(default);
        }
    }

    private sealed class GivenParameters(Dictionary<string, string> values) : IParameters
    {
        public Task<IReadOnlyDictionary<string, string>> GetAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyDictionary<string, string>>(values.Where(pair => names.Contains(pair.Key)).ToDictionary());
    }
}
