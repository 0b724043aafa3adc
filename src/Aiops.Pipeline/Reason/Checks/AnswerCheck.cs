using Aiops.Pipeline.Reason.Answer;
using Aiops.Pipeline.Reason.Briefing;

namespace Aiops.Pipeline.Reason.Checks;

/// <summary>What stood of an answer, and what was struck out.</summary>
internal sealed record CheckedAnswer(
    IReadOnlyList<CheckedClaim> Narrative, IReadOnlyList<HypothesisReading> Causes, IReadOnlyList<PlaybookReading> Actions, IReadOnlyList<string> Order,
    IReadOnlyList<StruckOut> Struck, bool Stands);

/// <summary>Strikes out of an answer what its evidence doesn't hold. Pure: the same answer over the same brief ends alike.</summary>
internal sealed class AnswerCheck(Brief brief, IReadOnlyDictionary<string, Citable> citables)
{
    public const int MostNarrative = 8;
    public const int MostClaimsPerHypothesis = 4;
    public const int MostActions = 3;

    // Above this share a model is guessing, and what stood may have stood by luck. A few slips of the pen are none.
    private const double MostStruckShare = 1 / 2.0;
    private const int AlwaysForgiven = 1;

    private readonly ClaimCheck claims = new(citables, brief.Entities);
    private readonly Dictionary<StrikeReason, int> struck = [];
    private int judged;

    public CheckedAnswer Check(ModelAnswer answer)
    {
        var moves = Moves(answer);
        List<HypothesisReading> causes = [];
        foreach (var said in answer.Hypotheses.Where(one => brief.Hypotheses.ContainsKey(one.Hypothesis)).DistinctBy(one => one.Hypothesis)) // Others are counted with the moves.
        {
            var hypothesis = brief.Hypotheses[said.Hypothesis];
            var scope = ScopeOf(hypothesis);
            var standing = Standing(said.Claims, MostClaimsPerHypothesis, scope);
            var test = Standing([said.WouldDisprove], 1, scope with { IsTest = true, OwnTest = hypothesis.WouldDisprove ?? "" });
            if (standing.Count > 0)
            {
                causes.Add(new HypothesisReading(hypothesis.Component, standing, test.Count > 0 ? test[0] : null));
            }
        }

        // A move needs a sentence that stood: nobody is put first in silence.
        var order = moves.Moved is { } moved && !causes.Exists(cause => cause.Component == moved) ? Refused() : moves.Order;

        // Only now is it known who may be called the cause.
        var first = order.Count > 0 ? order[0] : brief.Hypotheses.Values.FirstOrDefault()?.Component ?? "";
        var narrative = Standing(answer.Narrative, MostNarrative, ScopeOf(brief.Hypotheses.Values.FirstOrDefault(one => one.Component == first)));
        var actions = Playbooks(answer.Actions);
        var gone = struck.Values.Sum();
        var stands = gone <= AlwaysForgiven || gone <= MostStruckShare * judged;
        return new CheckedAnswer(narrative, causes, actions, order, [.. struck.OrderBy(one => one.Key).Select(one => new StruckOut(one.Key, one.Value))], stands && narrative.Count + causes.Count > 0);

        IReadOnlyList<string> Refused()
        {
            Strike(StrikeReason.RankBeyondLimits);
            return [];
        }
    }

    private (IReadOnlyList<string> Order, string? Moved) Moves(ModelAnswer answer)
    {
        List<string> known = [];
        foreach (var said in answer.Hypotheses)
        {
            judged++;
            if (!brief.Hypotheses.TryGetValue(said.Hypothesis, out var hypothesis))
            {
                Strike(StrikeReason.UnknownCause);
            }
            else if (known.Contains(hypothesis.Component))
            {
                Strike(StrikeReason.BeyondLimits);
            }
            else
            {
                known.Add(hypothesis.Component);
            }
        }

        var ranking = ReRanking.Within(brief.Diagnosis.Hypotheses, known);
        if (ranking.Refused)
        {
            Strike(StrikeReason.RankBeyondLimits);
        }

        return (ranking.Order, ranking.Order.Count > 0 ? ranking.Order[0] : null);
    }

    private List<CheckedClaim> Standing(IReadOnlyList<AnsweredClaim> said, int most, ClaimScope scope)
    {
        List<CheckedClaim> standing = [];
        foreach (var (at, claim) in said.Index())
        {
            judged++;
            if ((at >= most ? StrikeReason.BeyondLimits : claims.Judge(claim, scope)) is { } reason)
            {
                Strike(reason);
            }
            else
            {
                standing.Add(new CheckedClaim(claim.Text.Trim(), [.. claim.Evidence.Distinct(StringComparer.Ordinal)]));
            }
        }

        return standing;
    }

    private List<PlaybookReading> Playbooks(IReadOnlyList<AnsweredAction> said)
    {
        List<PlaybookReading> standing = [];
        foreach (var (at, action) in said.Index())
        {
            judged++;
            StrikeReason? reason = at >= MostActions ? StrikeReason.BeyondLimits
                : !brief.Playbooks.Contains(action.Playbook) ? StrikeReason.ActionOutsidePlaybooks
                : action.Evidence.Count is 0 or > ClaimCheck.MostCited || action.Evidence.Any(id => !citables.ContainsKey(id)) ? StrikeReason.UnknownEvidence
                : null;
            if (reason is { } wrong)
            {
                Strike(wrong);
            }
            else
            {
                standing.Add(new PlaybookReading(action.Playbook, [.. action.Evidence.Distinct(StringComparer.Ordinal)]));
            }
        }

        return standing;
    }

    private ClaimScope ScopeOf(Hypothesis? hypothesis) => new(
        hypothesis?.Component ?? "",
        (HashSet<string>)[.. hypothesis?.For ?? [], .. brief.Hypotheses.Where(one => one.Value == hypothesis).Select(one => one.Key)]);

    private void Strike(StrikeReason reason) => struck[reason] = struck.GetValueOrDefault(reason) + 1;
}
