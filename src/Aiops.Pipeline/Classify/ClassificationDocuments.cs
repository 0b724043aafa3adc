using System.Text.Json;

namespace Aiops.Pipeline.Classify;

/// <summary>What Classify said in a round, for the stages after it; each of them stands without it.</summary>
internal static class ClassificationDocuments
{
    public static async Task<IncidentKind> KindAsync(this IDocumentStore documents, string incidentId, int round, CancellationToken cancellationToken)
        => await documents.GetAsync(DocumentKeys.Classification(incidentId, round), cancellationToken) is { } content
            ? JsonSerializer.Deserialize(content, ClassifyJson.Default.Classification)?.Kind ?? IncidentKind.Unknown
            : IncidentKind.Unknown;
}
