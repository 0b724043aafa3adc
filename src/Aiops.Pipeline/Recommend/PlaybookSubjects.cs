using Aiops.Analysis.LogPatterns;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.Recommend;

/// <summary>Collects what playbooks are held against, from everything known of an incident.</summary>
internal sealed class PlaybookSubjects(Incident incident, IReadOnlyList<Trigger> members, IncidentKind kind, IncidentContext context)
{
    private readonly string[] helped = [.. context.PastIncidents.SelectMany(past => past.Helped ?? []).Distinct()];

    public PlaybookSubject Of(Hypothesis hypothesis, Diagnosis diagnosis)
    {
        var cited = diagnosis.Evidence.Where(evidence => hypothesis.For.Contains(evidence.Id)).ToList();
        var component = hypothesis.Component;
        return new PlaybookSubject
        {
            Hypothesis = hypothesis.Rank,
            Component = component,
            Type = hypothesis.ComponentType,
            Cause = hypothesis.Kind,
            Incident = kind,
            Onset = hypothesis.Onset,
            Metrics = [.. cited.Where(evidence => evidence.Series is not null).Select(evidence => WithoutComponent(evidence.Series!, component))],
            Logs = [.. cited.Where(evidence => evidence.Kind is EvidenceKind.Log).Select(evidence => evidence.Statement), .. NewLogs(component)],
            Changes = [.. context.Changes
                .Where(change => change.Component == component && change.At >= context.Window.Start.AddHours(-1) && change.At < context.Window.End)
                .Select(change => change.Kind)
                .Distinct()],
            Alarms = Words(members.Where(member => member.Component == component)),
            Helped = helped,
        };
    }

    /// <summary>The incident by its alarms alone.</summary>
    public PlaybookSubject OfWhole()
    {
        var component = incident.First.Component ?? (incident.Components is [var first, ..] ? first : "");
        return new PlaybookSubject
        {
            Hypothesis = 0,
            Component = component,
            Type = context.Topology.TypeOf(component),
            Incident = kind,
            Alarms = Words([incident.First, .. members]),
            Helped = helped,
        };
    }

    private IEnumerable<string> NewLogs(string component) => context.Logs
        .Where(shift => shift.Component == component && shift.Trend is LogPatternTrend.New or LogPatternTrend.More)
        .Select(shift => shift.Template);

    // A series' text begins with its component, whose name must not count: "disk-cleaner" isn't a full disk.
    private static string WithoutComponent(string series, string component)
        => series.StartsWith(component + " ", StringComparison.Ordinal) ? series[(component.Length + 1)..] : series;

    private static IReadOnlyList<string> Words(IEnumerable<Trigger> triggers) => [.. triggers
        .SelectMany(trigger => (string?[])[trigger.Title, trigger.Signal?.Metric, trigger.Source])
        .OfType<string>()
        .Distinct()];
}
