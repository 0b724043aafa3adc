namespace Aiops.Pipeline.FindRootCause;

/// <summary>Rank the causes of an incident from the context gathered in the round.</summary>
public sealed record FindRootCauseInput(string IncidentId, int Round);

/// <summary>The diagnosis is the document under the key.</summary>
/// <param name="Decided">Whether a cause is named.</param>
/// <param name="TopComponent">The most probable cause; null when none is named.</param>
/// <param name="TopConfidence">0 when none is named.</param>
public sealed record FindRootCauseOutput(string IncidentId, string Key, bool Decided, string? TopComponent, double TopConfidence);
