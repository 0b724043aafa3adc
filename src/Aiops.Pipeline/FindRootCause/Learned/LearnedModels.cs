using System.Collections.Concurrent;
using Aiops.Pipeline.Learn;

namespace Aiops.Pipeline.FindRootCause.Learned;

/// <summary>Keeps the model of a scope's newest snapshot: fitting reads every case, and most incidents come with nothing learned in between.</summary>
internal sealed class LearnedModels(ICaseSnapshots cases)
{
    private readonly ConcurrentDictionary<string, (long Version, LearnedCauses Model)> kept = new(StringComparer.Ordinal);

    /// <summary>Of what stands now, the incident's own case left out.</summary>
    public async Task<LearnedCauses> ForAsync(Incident incident, CancellationToken cancellationToken)
    {
        var version = await cases.VersionAsync(incident.Scope, cancellationToken);
        if (!kept.TryGetValue(incident.Scope, out var known) || known.Version != version)
        {
            var snapshot = await cases.SnapshotAsync(incident.Scope, cancellationToken);
            kept[incident.Scope] = known = (snapshot.Version, new LearnedCauses(snapshot, except: ""));
        }

        // It is analysed again after its review: a model without it is of no use to others.
        return known.Model.Cases.ContainsKey(incident.Id)
            ? new LearnedCauses(await cases.SnapshotAsync(incident.Scope, cancellationToken), incident.Id)
            : known.Model;
    }
}
