using Aiops.Analysis.Storms;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Pipeline.Intake.Deciding;

/// <summary>Finds the incident that an alarm fits best, and says how well with each part of the score.</summary>
internal sealed class Correlator(GraphReach reach, IntakeRules rules, ScopeDraft draft, IEnumerable<IncidentState> incidents)
{
    private readonly Candidates candidates = new(reach, incidents);

    public void Learn(IncidentState incident) => candidates.Add(incident);

    /// <summary>The best fit and whether it joins; null where nothing that is open shares anything with the alarm.</summary>
    public Fit? Best(Trigger trigger, DateTimeOffset at)
    {
        var marks = MarksOf(trigger);
        (IncidentState Incident, CorrelationScore Score)? best = null;
        foreach (var (id, relation) in candidates.For(trigger.Component, marks))
        {
            if (draft.Incident(id) is { } incident && MayJoin(incident, at) && Score(incident, relation) is var score
                && (best is null || IsBetter((incident, score), best.Value)))
            {
                best = (incident, score);
            }
        }

        return best is { } fit ? new Fit(fit.Incident, fit.Score, Explain(fit.Score, fit.Incident, trigger, marks)) : null;

        CorrelationScore Score(IncidentState incident, TopologyRelation? relation) => new(
            relation ?? PlaceOf(trigger, incident),
            CorrelationScore.GapTo(incident.OpenedAt, incident.LastEventAt, at),
            AlarmMarks.Similarity(marks, candidates.MarksOf(incident.Id)),
            rules.Correlation);
    }

    /// <summary>Open, or resolved so recently that it would be reopened.</summary>
    public bool MayJoin(IncidentState incident, DateTimeOffset at)
        => incident.Status == IncidentStatus.Open
        || (incident.Status == IncidentStatus.Resolved && at - incident.ResolvedAt <= rules.ReopenWithin);

    public static IReadOnlyList<string> MarksOf(Trigger trigger) => AlarmMarks.Of(new AlarmMarks.Subject(
        trigger.Component,
        trigger.Title,
        trigger.GroupKey,
        trigger.Signal?.Namespace,
        trigger.Signal?.Metric,
        trigger.Signal?.Dimensions ?? (IEnumerable<KeyValuePair<string, string>>)[],
        trigger.Tags));

    // Of two that fit alike the older one, then the lower id.
    private static bool IsBetter((IncidentState Incident, CorrelationScore Score) one, (IncidentState Incident, CorrelationScore Score) other)
        => (one.Score.Joins, one.Score.Total).CompareTo((other.Score.Joins, other.Score.Total)) switch
        {
            > 0 => true,
            < 0 => false,
            _ => one.Incident.OpenedAt != other.Incident.OpenedAt
                ? one.Incident.OpenedAt < other.Incident.OpenedAt
                : string.CompareOrdinal(one.Incident.Id, other.Incident.Id) < 0,
        };

    private static TopologyRelation PlaceOf(Trigger trigger, IncidentState incident) => new(
        trigger.Region is null || incident.Region is null || trigger.Region == incident.Region
            ? TopologyRelationKind.SamePlace
            : TopologyRelationKind.OtherRegion);

    private ScoreExplanation Explain(CorrelationScore score, IncidentState incident, Trigger trigger, IReadOnlyList<string> marks) => new(
        score.Total,
        rules.Correlation.Threshold,
        [
            new ScorePart("topology", rules.Correlation.Topology, score.Relation.Value, score.Relation.Describe(trigger.Component)),
            new ScorePart("time", rules.Correlation.Time, Math.Round(score.Time, 4),
                score.Gap == TimeSpan.Zero ? "within the time of its events" : $"{Sentences.Of(score.Gap)} from its events"),
            new ScorePart("similarity", rules.Correlation.Similarity, Math.Round(score.Similarity, 4),
                AlarmMarks.Describe(marks, candidates.MarksOf(incident.Id))),
        ]);
}

/// <summary>An incident held against an alarm.</summary>
internal sealed record Fit(IncidentState Incident, CorrelationScore Score, ScoreExplanation Explanation);
