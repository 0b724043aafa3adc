using Aiops.Analysis.RootCauses;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.FindRootCause.Learned;

/// <summary>The engine's ranking, revised by what was learned where anything was.</summary>
/// <param name="Signatures">Of the engine's suspects, named or withheld, in its own order and with its own probabilities: what a case keeps.</param>
public sealed record LearnedAnswer(RootCauseRanking Ranking, IReadOnlyList<SuspectSignature> Signatures)
{
    /// <param name="learned">Null: the engine's own answer.</param>
    public static LearnedAnswer Of(RootCauseCase asked, LearnedCauses? learned, IncidentKind kind)
    {
        var ranking = RootCauseEngine.Rank(asked);
        var features = new SuspectFeatures(asked);
        List<SuspectSignature> signatures = [.. ranking.Suspects.Concat(ranking.Withheld).Select(features.Of)];
        return new LearnedAnswer(learned?.Revise(ranking, signatures, kind, asked.Symptom?.Component) ?? ranking, signatures);
    }
}
