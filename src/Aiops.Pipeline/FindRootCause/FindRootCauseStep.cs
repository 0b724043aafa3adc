using System.Text.Json;
using Aiops.Analysis.RootCauses;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.FindRootCause.Learned;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Retrieval;
using Microsoft.Extensions.Logging;

namespace Aiops.Pipeline.FindRootCause;

/// <summary>Reads the context, lets the engine rank, and stores a diagnosis with its evidence.</summary>
/// <remarks>Parts that are missing are gone without. Nothing here is retried by name: what throws is the store's or our mistake.</remarks>
/// <param name="cases">What reviews taught; null on a host that learns nothing.</param>
/// <param name="knowledge">Past incidents, runbooks and post-mortems; null where nobody keeps any.</param>
public sealed partial class FindRootCauseStep(
    IIncidents incidents, IDocumentStore documents, ICaseSnapshots? cases, KnowledgeIndexes? knowledge, TimeProvider clock, ILogger<FindRootCauseStep> logger)
{
    private readonly ContextDocuments parts = new(documents);
    private readonly LearnedModels? learned = cases is null ? null : new LearnedModels(cases);

    public async Task<FindRootCauseOutput> RunAsync(FindRootCauseInput input, CancellationToken cancellationToken)
    {
        var incident = await incidents.GetAsync(input.IncidentId, cancellationToken);
        var fallback = AnalysisWindows.For(incident, clock.GetUtcNow());
        var context = await parts.ReadAsync(incident.Id, input.Round, fallback, cancellationToken);
        var kind = await documents.KindAsync(incident.Id, input.Round, cancellationToken);
        var model = learned is null ? null : await learned.ForAsync(incident, cancellationToken);
        var (ranking, signatures) = LearnedAnswer.Of(CaseOf(incident, context), model, kind);
        var diagnosis = DiagnosisWriter.Write(ranking, context, incident, signatures);
        if (knowledge is not null)
        {
            diagnosis = await KnownAsync(await knowledge.OfAsync(incident.Scope, cancellationToken), diagnosis, incident, context, kind, cancellationToken);
        }

        var key = KeyOf(incident.Id, input.Round);
        await documents.PutAsync(key, JsonSerializer.SerializeToUtf8Bytes(diagnosis, DiagnosisJson.Default.Diagnosis), cancellationToken);
        var top = diagnosis.Hypotheses.Count > 0 ? diagnosis.Hypotheses[0] : null;
        LogDiagnosed(incident.Id, top?.Component ?? "not enough evidence", top?.Confidence ?? 0);
        return new FindRootCauseOutput(incident.Id, key, top is not null, top?.Component, top?.Confidence ?? 0);
    }

    private async Task<Diagnosis> KnownAsync(
        KnowledgeIndex index, Diagnosis diagnosis, Incident incident, IncidentContext context, IncidentKind kind, CancellationToken cancellationToken)
    {
        var members = await incidents.MembersAsync(incident.Id, cancellationToken);
        var fingerprint = Fingerprints.Whole(incident, members, kind, context, diagnosis.Signatures);
        return diagnosis with
        {
            Similar = index.Similar(fingerprint, IncidentText.Of(incident), incident.Id),
            Runbooks = RunbookFinder.Find(index, incident, diagnosis, context),
        };
    }

    public static string KeyOf(string incidentId, int round) => DocumentKeys.Diagnosis(incidentId, round);

    /// <summary>What the engine is asked: the context, and the alarm as its symptom.</summary>
    public static RootCauseCase CaseOf(Incident incident, IncidentContext context) => new()
    {
        Incident = context.Window,
        Guard = context.Guard,
        Baseline = context.Baseline,
        Symptom = SymptomOf(incident, context),
        Metrics = context.Metrics,
        Logs = context.Logs,
        Sequences = context.Sequences,
        Traces = context.Traces,
        Topology = WithCallsSeen(context),
        Changes = context.Changes,
    };

    private static Symptom? SymptomOf(Incident incident, IncidentContext context)
    {
        if ((incident.First.Component ?? (incident.Components is [var named, ..] ? named : null)) is not { } component)
        {
            return null;
        }

        var signal = incident.First.Signal;
        var metric = signal?.Metric ?? "";
        var kind = context.Metrics.FirstOrDefault(s => s.Component == component && IsOf(s.Metric, metric))?.Kind
            ?? SignalKinds.Of(metric, signal?.Unit ?? "");
        return new Symptom(component, kind, metric, incident.First.OccurredAt);
    }

    // An alarm says "Errors" where the telemetry has "AWS/Lambda Errors".
    private static bool IsOf(string series, string alarmed)
        => alarmed.Length > 0 && (series == alarmed || series.EndsWith($" {alarmed}", StringComparison.Ordinal));

    /// <summary>The topology, and the calls that spans show besides: either may lack some.</summary>
    private static ServiceGraph WithCallsSeen(IncidentContext context) => new(
        context.Topology.Components,
        context.Topology.Calls.Concat(context.Traces
            .Where(shift => shift.Caller.Length > 0 && shift.Caller != shift.Component)
            .Select(shift => new Call(shift.Caller, shift.Component))));

    [LoggerMessage(Level = LogLevel.Information, Message = "Diagnosed {IncidentId}: {Cause} ({Confidence})")]
    private partial void LogDiagnosed(string incidentId, string cause, double confidence);
}
