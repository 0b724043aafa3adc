using System.Text.Json;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.Reason.Checks;

namespace Aiops.Pipeline.Reason;

/// <summary>A round's diagnosis as people see it: the engine's, in the order that a model was allowed to give it.</summary>
public static class DiagnosisDocuments
{
    /// <summary>Null where the stage left none.</summary>
    public static async Task<Diagnosis?> DiagnosisAsync(this IDocumentStore documents, string incidentId, int round, CancellationToken cancellationToken)
    {
        var diagnosis = await documents.EngineDiagnosisAsync(incidentId, round, cancellationToken);
        return diagnosis is not null && await documents.ReasoningAsync(incidentId, round, cancellationToken) is { Explains: true, Order: { Count: > 0 } order }
            ? diagnosis with { Hypotheses = ReRanking.Apply(diagnosis.Hypotheses, order) }
            : diagnosis;
    }

    /// <summary>The engine's own, whatever a model made of it.</summary>
    public static async Task<Diagnosis?> EngineDiagnosisAsync(this IDocumentStore documents, string incidentId, int round, CancellationToken cancellationToken)
        => await documents.GetAsync(DocumentKeys.Diagnosis(incidentId, round), cancellationToken) is { } json
            ? JsonSerializer.Deserialize(json, DiagnosisJson.Default.Diagnosis)
            : null;

    /// <summary>What a model made of the round; null where the host has none.</summary>
    public static async Task<Reasoning?> ReasoningAsync(this IDocumentStore documents, string incidentId, int round, CancellationToken cancellationToken)
        => await documents.GetAsync(DocumentKeys.Reasoning(incidentId, round), cancellationToken) is { } json
            ? JsonSerializer.Deserialize(json, ReasonJson.Default.Reasoning)
            : null;
}
