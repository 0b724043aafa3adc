using System.Collections.Concurrent;
using Aiops.Pipeline.Learn;

namespace Aiops.Pipeline.FindRootCause.Learned;

/// <summary>Keeps the model of a scope's newest snapshot: fitting reads every case, and most incidents come with nothing learned in between.</summary>
internal sealed class LearnedModels
{
    private readonly ConcurrentDictionary<string, (long Version, LearnedCauses Model)> models = new(StringComparer.Ordinal);

    public LearnedCauses For(CaseSnapshot snapshot, Incident incident)
    {
        if (snapshot.Current.Any(past => past.IncidentId == incident.Id))
        {
            return new LearnedCauses(snapshot, incident.Id); // It is analysed again after its review: a model without it is of no use to others.
        }

        if (!models.TryGetValue(incident.Scope, out var kept) || kept.Version != snapshot.Version)
        {
            models[incident.Scope] = kept = (snapshot.Version, new LearnedCauses(snapshot, incident.Id));
        }

        return kept.Model;
    }
}
