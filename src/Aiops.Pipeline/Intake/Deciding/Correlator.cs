using Aiops.Analysis.Storms;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Pipeline.Intake.Deciding;

/// <summary>
/// The scope's <see cref="AlarmGrouping"/>, taken up from its snapshot: finds the incident that an alarm fits best.
/// </summary>
internal sealed class Correlator
{
    private readonly IntakeRules rules;
    private readonly ScopeDraft draft;
    private readonly AlarmGrouping grouping;
    private readonly Dictionary<string, GroupedIncident> grouped = new(StringComparer.Ordinal);

    public Correlator(GraphReach reach, IntakeRules rules, ScopeDraft draft, ScopeHead head)
    {
        this.rules = rules;
        this.draft = draft;
        grouping = new AlarmGrouping(reach, rules.Correlation, head.Memory);
        foreach (var incident in head.Incidents.OrderBy(i => i.LastEventAt).ThenBy(i => i.Id, StringComparer.Ordinal))
        {
            Learn(incident);
        }
    }

    /// <summary>Takes up an incident, or what it has gained.</summary>
    public void Learn(IncidentState incident)
    {
        if (!grouped.TryGetValue(incident.Id, out var known))
        {
            known = grouping.Restore(incident.Id, incident.OpenedAt, incident.LastEventAt, incident.Region, incident.IsBlind);
            grouped[incident.Id] = known;
        }

        grouping.Renew(known, incident.OpenedAt, incident.LastEventAt, incident.Region);
        foreach (var component in incident.Components)
        {
            grouping.AddComponent(known, component);
        }

        foreach (var mark in incident.Marks)
        {
            grouping.AddMark(known, mark);
        }
    }

    /// <summary>Learns what a firing tells of relations and rhythm; whether nothing had been known of its component.</summary>
    public bool Hear(Alarm alarm)
    {
        var isStranger = grouping.Hear(alarm);
        draft.Memory = grouping.Remember;
        return isStranger;
    }

    /// <summary>The best fit and whether it joins; null where nothing that is open shares anything with the alarm.</summary>
    public Fit? Best(Alarm alarm)
    {
        if (grouping.Best(alarm, IsOpen) is not { } fit)
        {
            return null;
        }

        var state = draft.Incident(fit.Incident.Key)!;
        return new Fit(state, fit.Score, Explain(fit, state, alarm));

        bool IsOpen(GroupedIncident incident) => draft.Incident(incident.Key) is { } state && MayJoin(state, alarm.At);
    }

    /// <summary>Open, or resolved so recently that it would be reopened.</summary>
    public bool MayJoin(IncidentState incident, DateTimeOffset at)
        => incident.Status == IncidentStatus.Open
        || (incident.Status == IncidentStatus.Resolved && at - incident.ResolvedAt <= rules.ReopenWithin);

    private static ScoreExplanation Explain(AlarmFit fit, IncidentState incident, Alarm alarm)
    {
        var (score, weights) = (fit.Score, fit.Score.Weights);
        var relation = score.Relation.Describe(alarm.Component);
        return new ScoreExplanation(
            score.Total,
            weights.Threshold,
            [
                new ScorePart("topology", weights.Topology, score.Relation.Value,
                    fit.AsOlder ? $"{relation}, and a younger incident that it fits better is a part of it" : relation),
                new ScorePart("time", weights.Time, Math.Round(score.Time, 4),
                    score.Gap == TimeSpan.Zero ? "within the time of its events" : $"{Sentences.Of(score.Gap)} from its events"),
                new ScorePart("similarity", weights.Similarity, Math.Round(score.Similarity, 4),
                    AlarmMarks.Describe(alarm.Marks, incident.Marks.ToHashSet(StringComparer.Ordinal))),
            ]);
    }
}

/// <summary>An incident held against an alarm.</summary>
internal sealed record Fit(IncidentState Incident, CorrelationScore Score, ScoreExplanation Explanation);
