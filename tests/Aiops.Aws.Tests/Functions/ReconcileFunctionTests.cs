using System.Text.Json.Nodes;
using Aiops.Analysis.Topology;
using Aiops.Aws.CloudWatch;
using Aiops.Aws.Tests.CloudWatch;
using Aiops.Aws.Tests.Wire.Peer;
using Aiops.Aws.Wire;
using Aiops.Functions.Intake;
using Aiops.Functions.Running;
using Aiops.Local.Documents;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Intake.Scopes;
using Aiops.PortTests.Cases;
using Microsoft.Extensions.Logging;

namespace Aiops.Aws.Tests.Functions;

public sealed class ReconcileFunctionTests : IAsyncLifetime
{
    private const string Gone = "arn:aws:cloudwatch:eu-central-1:222233334444:alarm:deleted";

    private readonly MemoryStream standardOutput = new();
    private readonly ManualTimeProvider clock = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aiops-reconcile-");
    private readonly Topology topology = new();
    private readonly QueueInMemory queue = new();
    private AwsPeer peer = null!;
    private WireClient client = null!;

    public async Task InitializeAsync()
    {
        peer = await AwsPeer.StartAsync();
        peer.On("DescribeAlarms", CloudWatchXml.Alarms());
        client = peer.Client();
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await peer.DisposeAsync();
        folder.Delete(recursive: true);
        await standardOutput.DisposeAsync();
    }

    [Fact]
    public async Task The_graph_is_left_for_intake_and_what_it_lacks_is_said()
    {
        topology.Gaps = ["Application Signals: AccessDeniedException"];
        await RunAsync();
        (await new StoredTopology(Documents, clock).CurrentAsync(default)).Components.ShouldBe(topology.Graph.Components);
        Metric("TopologyNotRead").ShouldBe(0);
        var line = Lines().Where(one => one["level"] is not null).ShouldHaveSingleItem();
        ((string?)line["level"], (string?)line["Gap"]).ShouldBe(("Information", topology.Gaps[0]));
    }

    [Fact]
    public async Task That_nothing_traces_here_is_ordinary()
    {
        topology.Fails = new SourceMissingException("no traces");
        await RunAsync();
        Metric("TopologyNotRead").ShouldBe(0);
        Lines().ShouldHaveSingleItem();
    }

    public static TheoryData<Exception> Failures =>
    [
        new SourceDeniedException("xray:GetServiceGraph is not allowed"),
        new SourceUnavailableException("X-Ray is silent"),
        new WireException(WireFailure.Invalid, "InvalidRequestException", "no such window"),
        new StoreUnavailableException("S3 is slow"),
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_graph_that_cannot_be_had_is_warned_of_and_counted_and_keeps_no_finding(Exception failure)
    {
        topology.Fails = failure;
        await RunAsync();
        (Metric("TopologyNotRead"), Metric("AlarmsGone"), queue.Taken.Count).ShouldBe((1, 1, 1));
        var line = Lines().Where(one => one["level"] is not null).ShouldHaveSingleItem();
        ((string?)line["level"], (string?)line["Problem"]).ShouldBe(("Warning", failure.Message));
    }

    private FileDocumentStore Documents => new(folder.FullName);

    private async Task RunAsync()
    {
        FunctionOutput output = new(standardOutput);
        FunctionMetrics metrics = new(output, "test", clock);
        using JsonLoggerFactory loggers = new(output, clock);
        ReconcileSettings settings = new() { Account = "222233334444", Region = "eu-central-1" };
        EventDoor door = new(new EventReader(), queue, clock);
        AlarmReconciliation alarms = new(client, new OneThatIsGone(), door, settings, clock);
        ReconcileFunction function = new(
            new FunctionRun(metrics, TimeProvider.System), alarms, new TopologyRefresh(topology, Documents, clock), new NoCaseBook(), metrics,
            loggers.CreateLogger<ReconcileFunction>());
        await function.Reconcile(default, new TestContext());
    }

    private double Metric(string name) => (double)Lines().Single(line => line["_aws"] is not null)[name]!;

    private List<JsonNode> Lines()
        => [.. System.Text.Encoding.UTF8.GetString(standardOutput.ToArray())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    private sealed class OneThatIsGone : IKnownAlarms
    {
        public Task<IReadOnlyDictionary<string, SubjectRecord>> FindAsync(
            IReadOnlyCollection<string> subjects, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyDictionary<string, SubjectRecord>>(new Dictionary<string, SubjectRecord>());

        public Task<IReadOnlyList<Trigger>> FiringAsync(CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<Trigger>>(
            [
                new Trigger
                {
                    Source = TriggerSource.CloudWatch, SourceId = "e-1", Subject = Gone, State = "ALARM",
                    Condition = TriggerCondition.Firing, OccurredAt = DateTimeOffset.UnixEpoch, Title = "deleted",
                },
            ]);
    }

    private sealed class Topology : ITopologySource
    {
        public ServiceGraph Graph { get; } = new([new Component("web"), new Component("db")], [new Call("web", "db")]);

        public IReadOnlyList<string> Gaps { get; set; } = [];

        public Exception? Fails { get; set; }

        public Task<SourceAnswer<ServiceGraph>> QueryAsync(TelemetryQuery query, CancellationToken cancellationToken)
            => Fails is { } failure
                ? Task.FromException<SourceAnswer<ServiceGraph>>(failure)
                : Task.FromResult(new SourceAnswer<ServiceGraph>(Graph, new Provenance("test", "graph", query.Window), Gaps));
    }
}
