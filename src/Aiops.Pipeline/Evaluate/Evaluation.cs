using Aiops.Analysis.Calibration;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.FindRootCause.Learned;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Retrieval;
using Aiops.Pipeline.Recommend;

namespace Aiops.Pipeline.Evaluate;

/// <summary>
/// Is it getting better? Analyses judged incidents again in time order, each before its own outcome is learned and with
/// nothing that was reviewed after it opened, once with the knowledge base and once without.
/// </summary>
/// <remarks>The engine, the learning and the playbooks are those of this version; the context is what was gathered then.</remarks>
public sealed class Evaluation(PlaybookLibrary playbooks, TimeProvider time)
{
    private const string Scope = "evaluation";

    public EvaluationReport Run(IEnumerable<JudgedIncident> incidents, CancellationToken cancellationToken)
    {
        var ordered = incidents.OrderBy(one => one.Incident.OpenedAt).ThenBy(one => one.Incident.Id, StringComparer.Ordinal).ToList();
        List<PastCase> known = [];
        List<EvaluatedIncident> evaluated = [];
        LearnedCauses? model = null;
        var modelled = 0;
        foreach (var one in ordered)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<PastCase> reviewed = [.. known.Where(past => past.ReviewedAt <= one.Incident.OpenedAt)];
            if (reviewed.Count != modelled) // Outcomes only come to it, so as many are the same.
            {
                (model, modelled) = (new LearnedCauses(new CaseSnapshot(reviewed.Count, [.. reviewed.Select(past => new CaseRecord(Scope, past, 1, CaseStatus.Current))]), one.Incident.Id), reviewed.Count);
            }

            var off = Answer(one, null, []);
            var on = model is null ? off : Answer(one, model, reviewed);
            evaluated.Add(new EvaluatedIncident(one.Incident.Id, one.Incident.OpenedAt, Judge(one, off), Judge(one, on)));
            known.Add(CaseMaker.Make(one.Incident, one.Members, one.Classification, one.Context, on.Diagnosis, one.Outcome, one.Round));
        }

        return EvaluationReport.Of(evaluated);
    }

    private Answered Answer(JudgedIncident one, LearnedCauses? model, IReadOnlyList<PastCase> reviewed)
    {
        var began = time.GetTimestamp();
        var kind = one.Classification?.Kind ?? IncidentKind.Unknown;
        var (ranking, signatures) = LearnedAnswer.Of(FindRootCauseStep.CaseOf(one.Incident, one.Context), model, kind);
        var fingerprint = Fingerprints.Whole(one.Incident, one.Members, kind, one.Context, signatures);
        var context = one.Context with { PastIncidents = KnowledgeIndex.Of(reviewed).Similar(fingerprint, IncidentText.Of(one.Incident), one.Incident.Id) };
        var diagnosis = DiagnosisWriter.Write(ranking, context, one.Incident, signatures);
        var actions = new Recommender(playbooks).Recommend(one.Incident, one.Members, diagnosis, kind, context);
        return new Answered(diagnosis, actions, time.GetElapsedTime(began));
    }

    private static Judgement Judge(JudgedIncident one, Answered answered)
    {
        var outcome = one.Outcome;
        var hypotheses = answered.Diagnosis.Hypotheses;
        var first = hypotheses.Where(hypothesis => hypothesis.Rank == 1).ToList(); // Several where they tie: a hit is worth its share.
        var right = outcome.Component is null ? 0 : first.Count(hypothesis => hypothesis.Component == outcome.Component) / (double)Math.Max(1, first.Count);
        var hasTruth = outcome.Component is not null;
        return new Judgement
        {
            Top1 = hasTruth ? right : null,
            Top3 = hasTruth ? hypotheses.Any(hypothesis => hypothesis.Rank <= 3 && hypothesis.Component == outcome.Component) ? 1 : 0 : null,
            Forecast = hypotheses.Count > 0 && (hasTruth || outcome.Verdict is Verdict.Rejected) ? new Forecast(hypotheses[0].Confidence, right) : null,
            SeverityAgrees = outcome.Severity is { } severity && one.Classification is { } classification ? severity == classification.Severity ? 1 : 0 : null,
            ActionUseful = outcome.Helped.Count == 0 ? null : answered.Actions.Any(action => outcome.Helped.Contains(action.Playbook)) ? 1 : 0,
            Seconds = answered.Took.TotalSeconds,
        };
    }

    private sealed record Answered(Diagnosis Diagnosis, IReadOnlyList<Recommendation> Actions, TimeSpan Took);
}
