using Aiops.Local.Act;
using Aiops.Local.Cases;
using Aiops.Local.Documents;
using Aiops.Local.Incidents;
using Aiops.Local.Models;
using Aiops.Local.Queue;
using Aiops.Local.Review;
using Aiops.Local.Storage;
using Aiops.Local.Tickets;
using Aiops.Local.Workflow;
using Aiops.Pipeline;
using Aiops.Pipeline.Act;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Intake.Maintenance;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Retrieval;
using Aiops.Pipeline.Reason;
using Aiops.Pipeline.Reason.Models;
using Aiops.Pipeline.Recommend;
using Aiops.Pipeline.Review;
using Aiops.Pipeline.Review.Tickets;
using Microsoft.Extensions.Logging;

namespace Aiops.Local.Hosting;

/// <summary>
/// The whole pipeline on one machine: opens the state folder and puts the parts together, a line each. What drives it is
/// <see cref="LiveSession"/> by the clock or <see cref="ReplaySession"/> by event time.
/// </summary>
public sealed class LocalHost : IAsyncDisposable
{
    private readonly SqliteDatabase database;

    private LocalHost(
        LocalHostOptions options, SqliteDatabase database, SqliteTriggerQueue queue, SqliteIncidentStore incidents, IntakeRules rules, PlaybookLibrary playbooks,
        ActionAllowList allowed, TimeProvider time, ILoggerFactory loggers)
    {
        this.database = database;
        Options = options;
        Queue = queue;
        Playbooks = playbooks;
        Documents = new FileDocumentStore(Path.Combine(options.StateFolder, "documents"));
        Incidents = incidents;
        Tickets = new SqliteTicketSystem(database, time);
        Ledger = new SqliteTicketLedger(database, time);
        Foreign = options.Foreign?.Invoke(Ledger, loggers) ?? ForeignTickets.None;
        var desk = new SqliteReviewDesk(database);
        Cases = new SqliteCaseBook(database, new CaseMaker(Documents, Incidents, TicketOfAsync), KnowledgeScope);
        Runbooks = new SqliteDocumentShelf(database, KnowledgeScope);
        Knowledge = new KnowledgeIndexes(Cases, Runbooks);
        Reports = new DocumentReports(Incidents, Documents, time, options.Telemetry?.Manifest.Simulated ?? false);

        Stages = new StageFunctions();
        Catalog = new WorkflowCatalog(Stages);
        Workflow = new WorkflowHost(database, Catalog, Stages, time, loggers.CreateLogger<WorkflowHost>());
        Review = new ReviewStep(desk, Workflow, loggers.CreateLogger<ReviewStep>());
        Reviews = new LateReview(Review, desk, Incidents, Workflow, Documents);
        if (Foreign is { Replies: { } replies, Tickets: { } foreign })
        {
            var commands = new ReplyReader(Foreign.Reviewers, replies, Incidents, Documents, Reports, Reviews);
            TicketReviews = new TicketReviews(foreign.Name, replies, Ledger, commands, loggers.CreateLogger<TicketReviews>());
            Replies = new ReplyPoll(TicketReviews, Incidents, time);
        }

        Budget = new SqliteModelBudget(database);
        Model = options.Model is { } model ? new MeteredModel(model, Budget) : null;
        var outages = new SqliteModelOutages(database);
        ModelReturn = Model is null ? null : new ModelReturn(Model, outages, Incidents, Review);
        var topology = new TelemetryTopology(options.Telemetry?.Topology, options.Telemetry?.Window ?? default);
        var starter = new IncidentWorkflow(Incidents, Workflow, options.Settle, options.MaxRounds);
        var intake = new IntakeStep(Incidents, starter, rules, topology, time, loggers.CreateLogger<IntakeStep>());
        Sweep = new IncidentSweep(Incidents, new IntakeSweep(Incidents, starter, rules, topology, time), Review);
        Desk = new IncidentDesk(Incidents, starter, time);
        AddStages(desk, outages, time, loggers);
        Actions = AddActions(allowed, time, loggers);
        var reader = new EventReader();
        Door = new EventDoor(reader, queue, time);
        Consumer = new TriggerConsumer(queue, new EventBatch(reader, intake));
    }

    /// <summary>The one scope of what a state folder knows, whatever account an incident is of.</summary>
    public const string KnowledgeScope = IntakeStep.LocalScope;

    public LocalHostOptions Options { get; }

    public SqliteTriggerQueue Queue { get; }

    public FileDocumentStore Documents { get; }

    public SqliteIncidentStore Incidents { get; }

    public SqliteTicketSystem Tickets { get; }

    /// <summary>What is known of tickets in the foreign system.</summary>
    public SqliteTicketLedger Ledger { get; }

    /// <summary>The ticket system and chats that people work in, where the host is connected to any.</summary>
    public ForeignTickets Foreign { get; }

    public SqliteCaseBook Cases { get; }

    public SqliteDocumentShelf Runbooks { get; }

    /// <summary>Cases and documents, ready to be asked.</summary>
    public KnowledgeIndexes Knowledge { get; }

    public DocumentReports Reports { get; }

    public PlaybookLibrary Playbooks { get; }

    public StageFunctions Stages { get; }

    public WorkflowCatalog Catalog { get; }

    public WorkflowHost Workflow { get; }

    public EventDoor Door { get; }

    public TriggerConsumer Consumer { get; }

    public IncidentSweep Sweep { get; }

    public IncidentDesk Desk { get; }

    public ReviewStep Review { get; }

    /// <summary>Where people propose and release actions; off without an allow-list.</summary>
    public ActionDesk Actions { get; }

    /// <summary>Where a person's review goes, whether its incident's workflow waits for it or has ended.</summary>
    public LateReview Reviews { get; }

    /// <summary>Commands in the foreign system's tickets; null where the host is connected to none.</summary>
    public TicketReviews? TicketReviews { get; }

    /// <summary>When they are looked for.</summary>
    public ReplyPoll? Replies { get; }

    /// <summary>What models cost.</summary>
    public SqliteModelBudget Budget { get; }

    /// <summary>The model, within its budget; null on a host without one.</summary>
    public MeteredModel? Model { get; }

    /// <summary>When it is looked whether the model is back; null on a host without one.</summary>
    public ModelReturn? ModelReturn { get; }

    /// <summary>The stage by hand: what would be sent, and asking again.</summary>
    public ReasonStep Reason { get; private set; } = null!;

    /// <exception cref="DatabaseFileException">The state folder's database needs a person.</exception>
    /// <exception cref="MaintenanceWindowsException">The maintenance file can't be used; says where and what to do.</exception>
    /// <exception cref="ActionAllowListException">The list of allowed actions can't be used; says what is wrong.</exception>
    /// <exception cref="PlaybooksRefusedException">A playbook can't be used; says where and what to do.</exception>
    public static async Task<LocalHost> OpenAsync(
        LocalHostOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var maintenance = options.MaintenanceFile is { } file
            ? MaintenanceWindowsFile.Read(file, await File.ReadAllBytesAsync(file, cancellationToken))
            : MaintenanceWindows.None;
        var playbooks = PlaybookLibrary.Load(options.PlaybookFolder) switch
        {
            PlaybookLoad.Loaded loaded => loaded.Library,
            PlaybookLoad.Refused refused => throw new PlaybooksRefusedException(refused.Problems),
            _ => throw new InvalidOperationException("Loading playbooks gave neither a library nor problems."),
        };
        var allowed = options.ActionsFile is { } actions
            ? ActionAllowListFile.Read(actions, await File.ReadAllBytesAsync(actions, cancellationToken))
            : ActionAllowList.Off;
        var opened = await SqliteDatabase.OpenAsync(
            Path.Combine(options.StateFolder, "aiops.db"), new SqliteDatabaseOptions { Durability = options.Durability }, cancellationToken);
        foreach (var schema in new[] { SqliteTicketSystem.Schema, SqliteTicketLedger.Schema, WorkflowHost.Schema, SqliteReviewDesk.Schema, SqliteKnowledge.Schema, SqliteActionStore.Schema, SqliteModelBudget.Schema, SqliteModelOutages.Schema })
        {
            await opened.EnsureSchemaAsync(schema, cancellationToken);
        }

        var queue = await SqliteTriggerQueue.OpenAsync(opened, new TriggerQueueOptions(), time, cancellationToken);
        var incidents = await SqliteIncidentStore.OpenAsync(opened, cancellationToken);
        var host = new LocalHost(
            options, opened, queue, incidents, IntakeRules.Default with { Maintenance = maintenance }, playbooks, allowed, time, loggers);
        await CaseTakeover.RunAsync(Path.Combine(options.StateFolder, "documents"), KnowledgeScope, host.Cases, time, cancellationToken);
        return host;
    }

    /// <summary>Where a person finds the newest report of an incident.</summary>
    public string ReportPath(string incidentId) => ReportPath(Options.StateFolder, incidentId);

    /// <inheritdoc cref="ReportPath(string)"/>
    public static string ReportPath(string stateFolder, string incidentId)
        => Path.Combine(stateFolder, "documents", DocumentKeys.Report(incidentId));

    public async ValueTask DisposeAsync()
    {
        await Workflow.DisposeAsync();
        await database.DisposeAsync();
    }

    private void AddStages(SqliteReviewDesk desk, SqliteModelOutages outages, TimeProvider time, ILoggerFactory loggers)
    {
        var telemetry = Options.Telemetry;
        var sources = new ContextSources
        {
            Metrics = telemetry?.Metrics,
            Logs = telemetry?.Logs,
            Traces = telemetry?.Traces,
            Topology = telemetry?.Topology,
            Changes = telemetry?.Changes,
            Objectives = telemetry?.Objectives,
            PastIncidents = Cases,
            Windows = Options.ReplaysRecording && telemetry is not null ? RecordedWindowHints.For(telemetry, time) : null,
        };
        var classify = new ClassifyStep(
            Incidents, new ChangeNotices(Incidents, desk), Documents, telemetry?.Topology, telemetry?.Objectives, SeverityRules.Default, loggers.CreateLogger<ClassifyStep>());
        var gather = new GatherContextStep(Incidents, Documents, sources, time, loggers.CreateLogger<GatherContextStep>());
        var find = new FindRootCauseStep(Incidents, Documents, Cases, Knowledge, time, loggers.CreateLogger<FindRootCauseStep>());
        var reason = Model is null ? null : new ReasonParts(Model, outages, new ContextGatherer(Incidents, Documents, sources), Knowledge);
        Reason = new ReasonStep(Incidents, Documents, Playbooks, reason, time, loggers.CreateLogger<ReasonStep>());
        var recommend = new RecommendStep(Incidents, Documents, Playbooks, loggers.CreateLogger<RecommendStep>());
        var tickets = Foreign.Over(Tickets, loggers);
        var comment = new CommentStep(Reports, Documents, tickets, Foreign.Notices, ReportLink, loggers.CreateLogger<CommentStep>())
        {
            RepliesAreRead = Foreign.Replies is not null,
        };
        var learn = new LearnStep(Incidents, Desk, desk, Documents, Cases, tickets, Foreign.Notices, time, loggers.CreateLogger<LearnStep>());
        Stages
            .Add("Classify", ClassifyJson.Default.ClassifyInput, ClassifyJson.Default.ClassifyOutput, classify.RunAsync)
            .Add("GatherContext", ContextJson.Default.GatherContextInput, ContextJson.Default.GatherContextOutput, gather.RunAsync)
            .Add("FindRootCause", DiagnosisJson.Default.FindRootCauseInput, DiagnosisJson.Default.FindRootCauseOutput, find.RunAsync)
            .Add("Reason", ReasonJson.Default.ReasonInput, ReasonJson.Default.ReasonOutput, Reason.RunAsync)
            .Add("Recommend", RecommendJson.Default.RecommendInput, RecommendJson.Default.RecommendOutput, recommend.RunAsync)
            .Add("Comment", CommentJson.Default.CommentInput, CommentJson.Default.CommentOutput, comment.RunAsync)
            .Add("Review", ReviewJson.Default.ReviewInput, ReviewJson.Default.ReviewOutput, Review.RunAsync)
            .Add("Learn", LearnJson.Default.LearnInput, LearnJson.Default.LearnOutput, learn.RunAsync);
    }

    private async Task<string?> TicketOfAsync(string incidentId, CancellationToken cancellationToken)
        => (await Tickets.GetAsync(incidentId, cancellationToken))?.Id;

    private ActionDesk AddActions(ActionAllowList allowed, TimeProvider time, ILoggerFactory loggers)
    {
        var store = new SqliteActionStore(database);
        var runner = new ProcessActionRunner(time);
        var act = new ActStep(allowed, store, runner, Incidents, Options.Telemetry?.Metrics, time, loggers.CreateLogger<ActStep>());
        Stages
            .Add("ValidateAction", ActJson.Default.ActInput, ActJson.Default.ActOutput, act.ValidateAsync)
            .Add("StartAction", ActJson.Default.ActInput, ActJson.Default.ActOutput, act.StartAsync)
            .Add("LookAtAction", ActJson.Default.ActInput, ActJson.Default.ActOutput, act.LookAsync)
            .Add("CheckAction", ActJson.Default.ActInput, ActJson.Default.ActOutput, act.CheckAsync)
            .Add("GiveUpAction", ActJson.Default.ActInput, ActJson.Default.ActOutput, act.GiveUpAsync);
        return new ActionDesk(allowed, store, runner, Workflow, Incidents, Documents, time);
    }

    private string ReportLink(string key) => new Uri(Path.Combine(Path.GetFullPath(Options.StateFolder), "documents", key)).AbsoluteUri;
}
