using Aiops.Pipeline.Classify;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.Evaluate;

/// <summary>An incident as its analysis saw it, and what people said it was.</summary>
/// <param name="Classification">Null where that stage left nothing.</param>
/// <param name="Round">Which analysis was judged.</param>
public sealed record JudgedIncident(
    Incident Incident, IReadOnlyList<Trigger> Members, Classification? Classification, IncidentContext Context, int Round, Outcome Outcome);
