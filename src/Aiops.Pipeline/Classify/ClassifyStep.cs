using System.Text.Json;
using Aiops.Analysis;
using Aiops.Analysis.Topology;
using Aiops.Pipeline.GatherContext.Sources;
using Microsoft.Extensions.Logging;

namespace Aiops.Pipeline.Classify;

/// <summary>Says what kind of incident it is and how bad.</summary>
/// <param name="topology">Asked for how far the trouble reaches; null where there is none.</param>
/// <param name="objectives">Asked for what is left of the error budgets; null where there are none.</param>
public sealed partial class ClassifyStep(
    IIncidents incidents,
    IChangeNotices changes,
    IDocumentStore documents,
    ITopologySource? topology,
    IObjectiveSource? objectives,
    IReadOnlyList<ISeverityRule> rules,
    ILogger<ClassifyStep> logger)
{
    // Classification must not wait for a history: a short look is enough for the graph and the budgets.
    private static readonly TimeSpan Lookback = TimeSpan.FromHours(1);

    /// <exception cref="GatherContext.Sources.SourceUnavailableException">Retried by the workflow.</exception>
    public async Task<ClassifyOutput> RunAsync(ClassifyInput input, CancellationToken cancellationToken)
    {
        await changes.AcknowledgeAsync(input.IncidentId, cancellationToken); // This round sees them.
        var incident = await incidents.GetAsync(input.IncidentId, cancellationToken);
        var members = await incidents.MembersAsync(input.IncidentId, cancellationToken);
        var query = new TelemetryQuery(
            incident.Id, new TimeWindow(incident.OpenedAt - Lookback, incident.LastEventAt), incident.Components);
        var graph = await AskAsync(ct => topology?.QueryAsync(query, ct), ServiceGraph.Empty, cancellationToken);
        var budgets = await AskAsync(ct => objectives?.QueryAsync(query, ct), [], cancellationToken);

        var facts = new ClassificationFacts(incident, members, graph, budgets);
        var classification = Judge(facts);
        LogJudged(incident.Id, classification.Kind, classification.Severity);

        var key = DocumentKeys.Classification(incident.Id, input.Round);
        var json = JsonSerializer.SerializeToUtf8Bytes(classification, ClassifyJson.Default.Classification);
        await documents.PutAsync(key, json, cancellationToken);
        return new ClassifyOutput(classification.Kind, classification.Severity, classification.Depth, key);
    }

    /// <summary>Pure: kind first, then each severity rule in order over what the one before it said.</summary>
    public Classification Judge(ClassificationFacts facts)
    {
        var (kind, why) = KindOfIncident.Of(facts.Members);
        List<string> reasons = [why];
        var severity = Severity.Sev3; // Until a rule says otherwise: worth somebody's time today.
        foreach (var rule in rules)
        {
            if (rule.Judge(facts, kind, severity) is { } judgement)
            {
                severity = judgement.Severity;
                reasons.Add(judgement.Reason);
            }
        }

        return new Classification { Kind = kind, Severity = severity, Depth = DepthOf(kind), Reasons = reasons };
    }

    // A security finding goes to the security team untouched: its texts may be an attacker's.
    private static AnalysisDepth DepthOf(IncidentKind kind) => kind is IncidentKind.Security ? AnalysisDepth.None : AnalysisDepth.Full;

    private static async Task<T> AskAsync<T>(
        Func<CancellationToken, Task<SourceAnswer<T>>?> ask, T without, CancellationToken cancellationToken)
    {
        try
        {
            return ask(cancellationToken) is { } asked ? (await asked).Items : without;
        }
        catch (Exception e) when (e is SourceMissingException or SourceDeniedException)
        {
            return without; // GatherContext names what is missing; severity stands on what there is.
        }
    }

    [LoggerMessage(LogLevel.Information, "Judged {IncidentId}: {Kind}, {Severity}")]
    private partial void LogJudged(string incidentId, IncidentKind kind, Severity severity);
}
