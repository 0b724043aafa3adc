using Aiops.Local.Hosting;
using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Masking;
using Aiops.Pipeline.Reason;
using Aiops.Pipeline.Reason.Models;
using Aiops.PortTests.Reason;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Aiops.Reason.Tests.Runs;

/// <summary>The recorded incidents, analysed once without a model; each run then reasons about one of them anew.</summary>
public sealed class AnalysedIncidents : IAsyncLifetime
{
    private static readonly string[] Names = ["bad-deployment", "throttled-table", "database-out-of-connections", "service-scaled-to-zero"];
    private readonly string folder = Directory.CreateTempSubdirectory("aiops-reason-").FullName;
    private readonly List<ReplaySession> sessions = [];

    /// <summary>Each has a cause that the engine names.</summary>
    public IReadOnlyList<AnalysedIncident> All { get; private set; } = [];

    public async Task InitializeAsync()
    {
        List<AnalysedIncident> all = [];
        foreach (var name in Names)
        {
            var session = await ReplaySession.OpenAsync(Recording.Open(Path.Combine(Root, "recordings", name)), Path.Combine(folder, name), default);
            sessions.Add(session);
            var replayed = await session.RunAsync(default);
            all.Add(new AnalysedIncident(session, replayed.Reports.First(report => report.Diagnosis.Hypotheses.Count > 1).Incident.Id));
        }

        All = all;
    }

    public async Task DisposeAsync()
    {
        foreach (var session in sessions)
        {
            await session.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    internal static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Aiops.sln")))
        {
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("The repository isn't above the tests.");
        }

        return at;
    }
}

/// <summary>One of them.</summary>
public sealed class AnalysedIncident(ReplaySession session, string id)
{
    public string Id => id;

    public LocalHost Host => session.Host;

    /// <summary>Reasons, and renders the comment that would then stand in the ticket. What earlier runs left behind isn't seen.</summary>
    public async Task<ReasonedIncident> ReasonAsync(
        IChatClient client, ModelSettings settings, IModelBudget? budget = null, IModelOutages? outages = null, TimeProvider? clock = null, Func<IDocumentStore, Task>? prepare = null,
        Func<Incident, Incident>? told = null, CancellationToken cancellationToken = default)
    {
        budget ??= new ModelBudgetInMemory();
        var documents = new DocumentsOver(Host.Documents);
        await (prepare?.Invoke(documents) ?? Task.CompletedTask);
        IIncidents store = told is null ? Host.Incidents : new ToldIncidents(Host.Incidents, told);
        Faults faults = new();
        var model = new MeteredModel(new ModelAccess(client, settings) { Clock = clock ?? TimeProvider.System }, budget);
        var step = new ReasonStep(store, documents, Host.Playbooks, new ReasonParts(model, outages, null, Host.Knowledge), session.Clock, faults);
        var output = await step.RunAsync(new ReasonInput(id, 1), cancellationToken);
        faults.ShouldHaveNone();
        var report = await new DocumentReports(store, documents, session.Clock, simulated: true).ReadAsync(id, 1, cancellationToken);
        var comment = new CommentRenderer(SecretMask.Mask).Render(report, "report.html");
        return new ReasonedIncident(output, report, comment, Aiops.Pipeline.Comment.Report.ReportRenderer.Render(report, SecretMask.Mask), budget, documents, step);
    }
}

/// <summary>What a run came to.</summary>
public sealed record ReasonedIncident(
    ReasonOutput Output, IncidentReport Report, string Comment, string Page, IModelBudget Budget, IDocumentStore Documents, ReasonStep Step)
{
    public Reasoning Reasoning => Report.Reasoning!;
}

/// <summary>Reads through to a store and keeps what is written to itself.</summary>
internal sealed class DocumentsOver(IDocumentStore below) : IDocumentStore
{
    private readonly Dictionary<string, byte[]> own = new(StringComparer.Ordinal);

    public Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        own[key] = content.ToArray();
        return Task.CompletedTask;
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
        => own.TryGetValue(key, out var content) ? content : await below.GetAsync(key, cancellationToken);

    public async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
        => [.. (await below.ListAsync(prefix, cancellationToken)).Concat(own.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))).Distinct().Order(StringComparer.Ordinal)];
}

/// <summary>Incidents told otherwise.</summary>
internal sealed class ToldIncidents(IIncidents below, Func<Incident, Incident> told) : IIncidents
{
    public async Task<Incident> GetAsync(string id, CancellationToken cancellationToken) => told(await below.GetAsync(id, cancellationToken));

    public Task<IReadOnlyList<Trigger>> MembersAsync(string id, CancellationToken cancellationToken) => below.MembersAsync(id, cancellationToken);
}

/// <summary>What the stage caught and stored as a fault of ours: a test wants none, whatever the model does.</summary>
internal sealed class Faults : ILogger<ReasonStep>
{
    private readonly List<Exception> thrown = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is not null)
        {
            thrown.Add(exception);
        }
    }

    public void ShouldHaveNone() => (thrown.Count == 0 ? null : thrown[0].ToString()).ShouldBeNull();
}
