using System.Text.Json;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Reason;
using Microsoft.Extensions.Logging;

namespace Aiops.Pipeline.Recommend;

/// <summary>Finds actions for the round's hypotheses. Nothing is executed: a person decides.</summary>
/// <remarks>Documents of stages that failed are gone without. Doing it twice writes the same document again.</remarks>
public sealed partial class RecommendStep(
    IIncidents incidents, IDocumentStore documents, PlaybookLibrary playbooks, ILogger<RecommendStep> logger)
{
    public async Task<RecommendOutput> RunAsync(RecommendInput input, CancellationToken cancellationToken)
    {
        var incident = await incidents.GetAsync(input.IncidentId, cancellationToken);
        var members = await incidents.MembersAsync(input.IncidentId, cancellationToken);
        var diagnosis = await documents.DiagnosisAsync(incident.Id, input.Round, cancellationToken);
        var classification = await documents.GetAsync(DocumentKeys.Classification(incident.Id, input.Round), cancellationToken) is { } judged
            ? JsonSerializer.Deserialize(judged, ClassifyJson.Default.Classification)
            : null;
        var windows = AnalysisWindows.For(incident, incident.LastEventAt);
        var context = await new ContextDocuments(documents).ReadAsync(incident.Id, input.Round, windows, cancellationToken);
        context = diagnosis?.Similar is { } similar ? context with { PastIncidents = similar } : context;

        var recommendations = new Recommender(playbooks).Recommend(incident, members, diagnosis, classification?.Kind ?? IncidentKind.Unknown, context);
        LogRecommended(incident.Id, recommendations.Count);

        var key = DocumentKeys.Recommendations(incident.Id, input.Round);
        var json = JsonSerializer.SerializeToUtf8Bytes(recommendations, RecommendJson.Default.IReadOnlyListRecommendation);
        await documents.PutAsync(key, json, cancellationToken);
        return new RecommendOutput(recommendations.Count, key);
    }

    [LoggerMessage(LogLevel.Information, "Recommended {Count} actions for {IncidentId}")]
    private partial void LogRecommended(string incidentId, int count);
}
