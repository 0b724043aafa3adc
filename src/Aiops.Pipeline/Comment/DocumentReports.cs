using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Reason;
using Aiops.Pipeline.Recommend;

namespace Aiops.Pipeline.Comment;

/// <summary>The report from the documents that the stages left behind, whichever of them failed.</summary>
/// <param name="simulated">Whether the telemetry was made by a simulator.</param>
public sealed class DocumentReports(IIncidents incidents, IDocumentStore documents, TimeProvider time, bool simulated) : IIncidentReports
{
    private readonly ContextDocuments contexts = new(documents);

    public async Task<IncidentReport> ReadAsync(string incidentId, int round, CancellationToken cancellationToken)
    {
        var incident = await incidents.GetAsync(incidentId, cancellationToken);
        var members = await incidents.MembersAsync(incidentId, cancellationToken);
        var now = time.GetUtcNow();
        var classification = await ReadAsync(DocumentKeys.Classification(incidentId, round), ClassifyJson.Default.Classification, cancellationToken)
            ?? Unclassified;
        var context = await contexts.ReadAsync(incidentId, round, AnalysisWindows.For(incident, now), cancellationToken);
        var diagnosis = await documents.DiagnosisAsync(incidentId, round, cancellationToken)
            ?? Undiagnosed(classification);
        var recommendations = await ReadAsync(
            DocumentKeys.Recommendations(incidentId, round), RecommendJson.Default.IReadOnlyListRecommendation, cancellationToken) ?? [];
        return new IncidentReport
        {
            Incident = incident,
            Classification = classification,
            Context = diagnosis.Similar is { } similar ? context with { PastIncidents = similar } : context,
            Diagnosis = diagnosis,
            Recommendations = recommendations,
            Reasoning = await documents.ReasoningAsync(incidentId, round, cancellationToken),
            Timeline = IncidentTimeline.Of(members, context, diagnosis),
            AnalysedAt = now,
            Round = round,
            Simulated = simulated,
        };
    }

    /// <summary>The report of the newest round that left anything.</summary>
    public async Task<IncidentReport> ReadLatestAsync(string incidentId, CancellationToken cancellationToken)
        => await ReadAsync(incidentId, await documents.LatestRoundAsync(incidentId, cancellationToken), cancellationToken);

    private static Classification Unclassified => new()
    {
        Kind = IncidentKind.Unknown,
        Severity = Severity.Sev3,
        Depth = AnalysisDepth.Full,
        Reasons = ["It wasn't classified: the stage failed."],
    };

    private static Diagnosis Undiagnosed(Classification classification) => new()
    {
        Hypotheses = [],
        Evidence = [],
        NotEnoughEvidence = classification.Depth is AnalysisDepth.None
            ? $"Incidents of kind {classification.Kind.ToString().ToLowerInvariant()} are not analysed."
            : "The analysis failed; what was found before is below.",
    };

    private async Task<T?> ReadAsync<T>(string key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
        => await documents.GetAsync(key, cancellationToken) is { } content ? JsonSerializer.Deserialize(content, type) : null;
}
