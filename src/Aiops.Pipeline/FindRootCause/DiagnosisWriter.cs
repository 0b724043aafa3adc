using Aiops.Analysis.RootCauses;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.FindRootCause;

/// <summary>Turns the engine's ranking into numbered evidence and hypotheses for people.</summary>
public static class DiagnosisWriter
{
    private const int MostHypotheses = 5;
    private const int MostLeftovers = 20;

    /// <param name="signatures">Of all suspects, as the engine saw them before anything learned was applied.</param>
    public static Diagnosis Write(
        RootCauseRanking ranking, IncidentContext context, Incident incident, IReadOnlyList<SuspectSignature> signatures)
    {
        var evidence = new EvidenceList(context, incident);
        var hypotheses = ranking.Suspects.Take(MostHypotheses).Select(suspect => HypothesisOf(suspect, context, evidence)).ToList();
        foreach (var finding in ranking.Leftovers.Take(MostLeftovers))
        {
            _ = evidence.IdOf(finding);
        }

        return new Diagnosis
        {
            Hypotheses = hypotheses,
            Evidence = evidence.All,
            NotEnoughEvidence = ranking.Undecided,
            Onset = ranking.Onset,
            Signatures = signatures,
        };
    }

    private static Hypothesis HypothesisOf(Suspect suspect, IncidentContext context, EvidenceList evidence)
    {
        var kind = CauseKinds.Of(suspect);
        return new Hypothesis
        {
            Rank = suspect.Rank,
            Component = suspect.Component,
            ComponentType = context.Topology.TypeOf(suspect.Component),
            Statement = StatementOf(suspect, kind),
            Kind = kind,
            Confidence = Math.Round(suspect.Confidence, 4),
            Onset = suspect.Onset,
            Role = suspect.IsSymptom ? SuspectRole.Symptom : SuspectRole.Cause,
            For = [.. suspect.For.Select(evidence.IdOf)],
            Against = [.. suspect.Against.Select(evidence.IdOf)],
            WouldDisprove = WouldDisprove(suspect, kind),
        };
    }

    private static string StatementOf(Suspect suspect, CauseKind kind)
    {
        var since = suspect.Onset is { } onset ? $" since {Figures.Time(onset)}" : "";
        var what = kind switch
        {
            CauseKind.Latency => "is slow",
            CauseKind.Errors => "fails",
            CauseKind.Throttling => "is throttled",
            CauseKind.Saturation => "is saturated",
            CauseKind.Unavailable => "is unavailable",
            CauseKind.TrafficSurge => "gets more calls than usual",
            CauseKind.TrafficDrop => "gets fewer calls than usual",
            CauseKind.Deployment => "misbehaves after a deployment",
            CauseKind.Configuration => "misbehaves after a change of its configuration",
            _ => "departs from its baseline",
        };
        var symptom = suspect.IsSymptom && suspect.Against.OfType<Finding.ExplainedByCallee>().FirstOrDefault() is { } explained
            ? $", most likely because of {explained.Callee}"
            : "";
        return $"{suspect.Component} {what}{since}{symptom}.";
    }

    private static string WouldDisprove(Suspect suspect, CauseKind kind)
    {
        var strongest = suspect.For.OfType<Finding.MetricDeparted>().FirstOrDefault();
        return kind switch
        {
            CauseKind.Deployment or CauseKind.Configuration => $"Undoing the change in {suspect.Component} and seeing no recovery.",
            CauseKind.TrafficDrop => $"Calls sent to {suspect.Component} directly and answered as usual.",
            CauseKind.TrafficSurge => $"The same number of calls on another day without this trouble.",
            _ when strongest is not null =>
                $"{strongest.Series.Metric} of {suspect.Component} back at {Figures.Value(strongest.Departure.Usual, strongest.Series.Unit)} while the alarm still holds.",
            _ => $"{suspect.Component} restarted or bypassed and the alarm still holding.",
        };
    }

    /// <summary>Gives each finding its number once, in the order of first citation; E1 is the alarm itself.</summary>
    private sealed class EvidenceList
    {
        private readonly Dictionary<Finding, string> ids = new(ReferenceEqualityComparer.Instance);
        private readonly List<Evidence> all = [];
        private readonly IncidentContext context;

        public EvidenceList(IncidentContext context, Incident incident)
        {
            this.context = context;
            all.Add(new Evidence
            {
                Id = "E1",
                Kind = EvidenceKind.Alarm,
                Component = incident.First.Component ?? "",
                Statement = $"{incident.First.Title}: {incident.First.State} since {Figures.Time(incident.First.OccurredAt)}.",
                Onset = incident.First.OccurredAt,
                Provenance = new Provenance(incident.First.Source, incident.First.Subject, context.Window),
            });
        }

        public IReadOnlyList<Evidence> All => all;

        public string IdOf(Finding finding)
        {
            if (!ids.TryGetValue(finding, out var id))
            {
                ids[finding] = id = $"E{all.Count + 1}";
                all.Add(new Evidence
                {
                    Id = id,
                    Kind = KindOf(finding),
                    Component = finding.Component,
                    Statement = FindingText.Of(finding),
                    Onset = finding.Onset,
                    Series = (finding as Finding.MetricDeparted)?.Series.ToString() ?? (finding as Finding.MetricFellSilent)?.Series.ToString(),
                    Provenance = ProvenanceOf(finding),
                });
            }

            return id;
        }

        private Provenance ProvenanceOf(Finding finding)
        {
            if (finding is Finding.SeenBefore seen)
            {
                return new Provenance("reviewed cases", seen.CaseId, context.Window);
            }

            var source = KindOf(finding) switch
            {
                EvidenceKind.Log => ContextSource.Logs,
                EvidenceKind.Trace => ContextSource.Traces,
                EvidenceKind.Change => ContextSource.Changes,
                EvidenceKind.Topology => ContextSource.Topology,
                _ => ContextSource.Metrics,
            };
            return context.Parts.FirstOrDefault(part => part.Source == source)?.Provenance
                ?? new Provenance("analysis", "derived from the other evidence", context.Window);
        }

        private static EvidenceKind KindOf(Finding finding) => finding switch
        {
            Finding.LogPatternMoved or Finding.NamedInLogs or Finding.SequenceBroken => EvidenceKind.Log,
            Finding.OperationSlowed or Finding.CallersWait or Finding.OperationFailing or Finding.OperationGone or Finding.OperationNew
                => EvidenceKind.Trace,
            Finding.ChangedBefore => EvidenceKind.Change,
            Finding.SeenBefore => EvidenceKind.PastIncident,
            Finding.ExplainsCallers or Finding.ExplainsLoad or Finding.ExplainedByCallee or Finding.ExplainedByCaller or Finding.OffThePath => EvidenceKind.Topology,
            _ => EvidenceKind.Metric,
        };
    }
}
