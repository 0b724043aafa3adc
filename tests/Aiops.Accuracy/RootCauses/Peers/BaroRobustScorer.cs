using Aiops.Analysis;
using Aiops.Analysis.RootCauses;

namespace Aiops.Accuracy.RootCauses.Peers;

/// <summary>BARO's robust scorer: how far a component gets from its median at most, in interquartile ranges [Pham2024].</summary>
/// <remarks>
/// [Pham2024] L. Pham, H. Ha, H. Zhang: BARO: Robust Root Cause Analysis for Microservices via Multivariate Bayesian Online
/// Change Point Detection, FSE 2024. Deviations count in both directions, for availability fails downwards; a range of zero
/// is taken as <see cref="LeastRange"/>, for the paper leaves it open.
/// </remarks>
internal sealed class BaroRobustScorer : IRootCauseMethod
{
    private const double LeastRange = 1e-9;

    public string Name => "BARO";

    public IReadOnlyDictionary<string, double> Rank(RootCauseCase incident) => Deviations.Furthest(incident, normal =>
    {
        double[] ascending = [.. normal.Order()];
        var range = Quantile.OfSorted(ascending, 0.75) - Quantile.OfSorted(ascending, 0.25);
        return (Quantile.OfSorted(ascending, 0.5), Math.Max(range, LeastRange));
    });
}
