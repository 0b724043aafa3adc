using System.Text.Json;
using Aiops.Analysis.Telemetry;
using Aiops.Local.Act;
using Aiops.Local.Storage;
using Aiops.Local.Workflow;
using Aiops.Pipeline;
using Aiops.Pipeline.Act;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Pipeline.Recommend;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tests.Pipeline.Act;

/// <summary>An incident whose recommendation may be carried out, a runner that does as told, and the workflow that really runs.</summary>
internal sealed class ActWorld : IAsyncDisposable
{
    public static readonly ActionCaller Kim = new("kim", ActionRole.Reviewer, "test");
    public static readonly ActionCaller Ann = new("ann", ActionRole.Approver, "test");
    public static readonly DateTimeOffset Alarm = new(2026, 3, 16, 10, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder;
    private readonly SqliteDatabase database;

    private ActWorld(TemporaryFolder folder, SqliteDatabase database)
    {
        (this.folder, this.database) = (folder, database);
        Store = new SqliteActionStore(database);
    }

    public ManualTimeProvider Time { get; } = new(Alarm.AddMinutes(5));

    public ScriptedRunner Runner { get; } = new();

    public SqliteActionStore Store { get; }

    public OneIncident Incidents { get; set; } = OneIncident.Of("checkout", Alarm, "http.server.errors");

    public DocumentsInMemory Documents { get; } = new();

    public ActionAllowList Allowed { get; set; } = Read(Scale);

    public IMetricSource? Metrics { get; set; }

    public ActStep Step => new(Allowed, Store, Runner, Incidents, Metrics, Time, NullLogger<ActStep>.Instance);

    public static string Scale => """
        { "actions": [ {
            "id": "scale", "title": "Scales a service", "for": { "playbook": "scale-out", "step": 2 }, "maxRisk": "medium", "components": ["check*"],
            "command": { "executable": "/opt/scale", "arguments": ["--service", "{service}", "--count={count}"], "dryRunArguments": ["--dry-run", "{service}", "{count}"] },
            "parameters": { "service": { "from": "component", "pattern": "[a-z-]+" }, "count": { "min": 1, "max": 10 } } } ] }
        """;

    public static ActionAllowList Read(string json) => ActionAllowListFile.Read("actions.json", System.Text.Encoding.UTF8.GetBytes(json));

    public static async Task<ActWorld> NewAsync()
    {
        var temporary = new TemporaryFolder();
        var opened = await SqliteDatabase.OpenAsync(temporary.File("aiops.db"), new SqliteDatabaseOptions(), default);
        await opened.EnsureSchemaAsync(SqliteActionStore.Schema, default);
        await opened.EnsureSchemaAsync(WorkflowHost.Schema, default);
        var world = new ActWorld(temporary, opened);
        await world.RecommendAsync(ActionRisk.Medium);
        return world;
    }

    public async Task RecommendAsync(ActionRisk risk, string? document = null)
    {
        IReadOnlyList<Recommendation> recommendations =
        [
            new()
            {
                Playbook = "scale-out",
                Title = "Scale it out",
                Hypothesis = 0,
                Because = "it is saturated",
                Steps = [new ActionStep("Look at it."), new ActionStep("Scale it.", Document: document is null ? null : new AutomationDocument(document, new Dictionary<string, string>()))],
                Risk = risk,
                RiskReason = "It costs.",
                Rollback = "Scale it in.",
                Check = "Errors fall.",
            },
        ];
        await Documents.PutAsync(
            DocumentKeys.Recommendations("INC-1", 1), JsonSerializer.SerializeToUtf8Bytes(recommendations, RecommendJson.Default.IReadOnlyListRecommendation), default);
    }

    /// <summary>A desk and a workflow host, as a process that has just begun has them.</summary>
    public (ActionDesk Desk, WorkflowHost Workflow) Open()
    {
        var step = Step;
        var stages = new StageFunctions()
            .Add("ValidateAction", ActJson.Default.ActInput, ActJson.Default.ActOutput, step.ValidateAsync)
            .Add("StartAction", ActJson.Default.ActInput, ActJson.Default.ActOutput, step.StartAsync)
            .Add("LookAtAction", ActJson.Default.ActInput, ActJson.Default.ActOutput, step.LookAsync)
            .Add("CheckAction", ActJson.Default.ActInput, ActJson.Default.ActOutput, step.CheckAsync)
            .Add("GiveUpAction", ActJson.Default.ActInput, ActJson.Default.ActOutput, step.GiveUpAsync);
        var workflow = new WorkflowHost(database, new WorkflowCatalog(stages), stages, Time, NullLogger<WorkflowHost>.Instance);
        return (new ActionDesk(Allowed, Store, Runner, workflow, Incidents, Documents, Time), workflow);
    }

    public ActionDesk Desk => Open().Desk;

    public static ActionProposal Proposal(string count = "4", string id = "ACT-1", int step = 2)
        => new(id, "INC-1", 1, step, null, new Dictionary<string, string> { ["count"] = count });

    public async Task<ActionRequest> ProposedAsync() => Request(await Desk.ProposeAsync(Proposal(), Kim, default));

    public async Task<ActionRequest> ShownAsync()
    {
        await ProposedAsync();
        return Request(await Desk.DryRunAsync("ACT-1", Kim, default));
    }

    public async Task<ActionRequest> ApprovedAsync()
    {
        var shown = await ShownAsync();
        return Request(await Desk.ApproveAsync("ACT-1", shown.DryRun!.Digest, Ann, default));
    }

    public async Task<ActionRequest> NowAsync() => (await Store.FindAsync("ACT-1", default)).ShouldNotBeNull();

    /// <summary>Lets the workflow go on until only people could move it.</summary>
    public async Task RunAsync()
    {
        var (_, workflow) = Open();
        await using (workflow)
        {
            for (var calm = 0; calm < 2;)
            {
                calm = await workflow.PumpAsync(default) > 0 ? 0 : calm + 1;
                await workflow.IdleAsync(default);
                if (workflow.NextDue is { } due)
                {
                    Time.Advance(due > Time.GetUtcNow() ? due - Time.GetUtcNow() : TimeSpan.Zero);
                    calm = 0;
                }
            }
        }
    }

    public static ActionRequest Request(ActionAnswer answer) => answer.ShouldBeOfType<ActionAnswer.Done>().Request;

    public static string Refusal(ActionAnswer answer) => answer.ShouldBeOfType<ActionAnswer.Refused>().Because;

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>Does what the test says, and counts.</summary>
internal sealed class ScriptedRunner : IActionRunner
{
    public List<string> Starts { get; } = [];

    public Func<PreparedAction, DryRunResult> DryRun { get; set; } = action => new DryRunResult(true, $"would scale {action.Parameters["service"]} to {action.Parameters["count"]}");

    public Func<bool, StartResult> Start { get; set; } = _ => new StartResult.Started("run-1");

    public Queue<ActionRun?> Statuses { get; } = new();

    public ActionRun? Status { get; set; } = new(RunOutcome.Succeeded, "done", ActWorld.Alarm.AddMinutes(6));

    public bool Runs(AllowedAction action) => action.Command is not null;

    public Task<DryRunResult> DryRunAsync(PreparedAction action, CancellationToken cancellationToken) => Task.FromResult(DryRun(action));

    public Task<StartResult> StartAsync(PreparedAction action, string requestId, bool again, CancellationToken cancellationToken)
    {
        Starts.Add($"{requestId} {action.Line}{(again ? " again" : "")}");
        return Task.FromResult(Start(again));
    }

    public Task<ActionRun?> StatusAsync(string handle, CancellationToken cancellationToken) => Task.FromResult(Statuses.TryDequeue(out var status) ? status : Status);
}

/// <summary>One series: steady before the alarm, broken from then on, and steady again from some time.</summary>
internal sealed class OneSeries(DateTimeOffset? mended, DateTimeOffset until) : IMetricSource
{
    public Task<SourceAnswer<IReadOnlyList<MetricSeries>>> QueryAsync(TelemetryQuery query, CancellationToken cancellationToken)
    {
        var start = ActWorld.Alarm.AddHours(-24);
        var times = Enumerable.Range(0, (int)(until - start).TotalMinutes).Select(minute => start.AddMinutes(minute)).ToArray();
        return Task.FromResult(new SourceAnswer<IReadOnlyList<MetricSeries>>(
            [
                new MetricSeries
                {
                    Component = "checkout",
                    Metric = "http.server.errors",
                    Statistic = "Sum",
                    Unit = "{request}",
                    Kind = SignalKind.Errors,
                    UnixMilliseconds = [.. times.Select(time => time.ToUnixTimeMilliseconds())],
                    Values = [.. times.Select((time, i) => 10.0 + (i % 5) + (time >= ActWorld.Alarm && !(time >= mended) ? 400 : 0))],
                },
            ],
            new Provenance("test", "all", query.Window),
            []));
    }
}
