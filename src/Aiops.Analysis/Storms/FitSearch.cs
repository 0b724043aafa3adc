using System.Runtime.InteropServices;

namespace Aiops.Analysis.Storms;

/// <summary>Holds one alarm against incidents, each once and the likeliest first, and keeps the best fit.</summary>
internal ref struct FitSearch(
    Alarm alarm, List<MarkNode> marks, CorrelationWeights weights, Predicate<GroupedIncident>? mayJoin, long stamp)
{
    private const double Rounding = 1e-4; // Of a total.

    private readonly long at = alarm.At.UtcTicks;
    private GroupedIncident? best;
    private CorrelationScore bestScore;
    private GroupedIncident? oldest; // Of those near it that it would join.
    private CorrelationScore oldestScore;

    public readonly AlarmFit? Answer
        => best is null ? null
        : best.IsBlind && oldest is not null && oldest != best ? new AlarmFit(oldest, oldestScore, AsOlder: true)
        : new AlarmFit(best, bestScore, AsOlder: false);

    /// <summary>Whether nothing that lies so, however near in time and alike, could change the answer.</summary>
    public readonly bool IsSettledFor(TopologyRelation relation)
        => best is not null && bestScore.Joins && !(best.IsBlind && relation.IsNear)
        && bestScore.Total > weights.Topology * relation.Value + weights.Time + weights.Similarity + Rounding;

    /// <summary>Incidents of components that lie so to the alarm's. Those that are over are dropped.</summary>
    public void Hold(List<GroupedIncident> incidents, TopologyRelation relation, long over)
    {
        var stale = 0;
        foreach (var incident in CollectionsMarshal.AsSpan(incidents))
        {
            if (at - incident.Last > over)
            {
                stale++;
            }
            else
            {
                Hold(incident, relation);
            }
        }

        if (stale > 0)
        {
            var (now, silent) = (at, over); // Captured here, so that nothing is allocated where nothing is dropped.
            incidents.RemoveAll(incident => now - incident.Last > silent);
        }
    }

    /// <summary>
    /// The newest incidents that know one of its marks; how they lie to it only the graph or its absence can say.
    /// </summary>
    public void HoldSharers(List<GroupedIncident> incidents, ComponentNode? node)
    {
        foreach (var incident in CollectionsMarshal.AsSpan(incidents)[^Math.Min(incidents.Count, AlarmGrouping.MaxSharers)..])
        {
            var kind = node is { InGraph: true } && incident.InGraph ? TopologyRelationKind.Unconnected
                : node is { Told.Count: > 0 } && incident.Components is [{ Told.Count: > 0 }, ..] ? TopologyRelationKind.NeverTold
                : alarm.Region is not null && incident.Region is not null && alarm.Region != incident.Region
                    ? TopologyRelationKind.OtherRegion
                : TopologyRelationKind.SamePlace;
            Hold(incident, new TopologyRelation(kind));
        }
    }

    private void Hold(GroupedIncident incident, TopologyRelation relation)
    {
        if (incident.Stamp == stamp)
        {
            return; // Held already, by a nearer component.
        }

        incident.Stamp = stamp;
        if (mayJoin is not null && !mayJoin(incident))
        {
            return;
        }

        var score = new CorrelationScore(relation, incident.GapTo(at), SimilarityWith(incident), weights);
        if (best is null || IsBetter(incident, score))
        {
            (best, bestScore) = (incident, score);
        }

        if (score.Joins && relation.IsNear && (oldest is null || incident.IsOlderThan(oldest)))
        {
            (oldest, oldestScore) = (incident, score);
        }
    }

    private readonly double SimilarityWith(GroupedIncident incident)
    {
        var shared = default(AlarmMarks.SharedMarks);
        foreach (var mark in CollectionsMarshal.AsSpan(marks))
        {
            shared.Count(mark.Mark, incident.Marks.Contains(mark));
        }

        return shared.Similarity;
    }

    private readonly bool IsBetter(GroupedIncident incident, CorrelationScore score)
        => score.Joins != bestScore.Joins ? score.Joins
        : score.Total.CompareTo(bestScore.Total) switch { > 0 => true, < 0 => false, _ => incident.IsOlderThan(best!) };
}
