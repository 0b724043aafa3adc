namespace Aiops.Analysis.Traces;

/// <summary>One kind of request: of how many, how many had it, before and during.</summary>
internal readonly record struct Stratum(long Before, long BeforeWith, long During, long DuringWith);

/// <summary>A share compared between two periods as if both had had the same mix of requests.</summary>
/// <remarks>
/// Requests of many kinds come in other proportions from minute to minute, which moves every share that isn't taken kind by
/// kind. So shares are averaged over the kinds with the weights of [Mantel1959], and the averages are compared by their
/// likelihood ratio at the effective numbers of requests that these weights leave.
/// [Mantel1959] N. Mantel, W. Haenszel: Statistical aspects of the analysis of data from retrospective studies of disease,
/// J. Natl. Cancer Inst. 22 (1959).
/// </remarks>
/// <param name="Before">The share before, 0 to 1.</param>
/// <param name="During">The share during, 0 to 1.</param>
/// <param name="Nats">The log likelihood ratio of two shares against one; 0 when they are equal or nothing can be compared.</param>
internal readonly record struct StandardisedShare(double Before, double During, double Nats)
{
    public double Change => During - Before;

    /// <summary>The effective number of requests before.</summary>
    public double BeforeCount { get; init; }

    /// <summary>The effective number of requests during.</summary>
    public double DuringCount { get; init; }

    /// <summary>Kinds that either period lacks say nothing and are left out.</summary>
    public static StandardisedShare Of(IEnumerable<Stratum> strata)
    {
        var (weights, before, during, beforeSquares, duringSquares) = (0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var kind in strata)
        {
            if (kind.Before > 0 && kind.During > 0)
            {
                var weight = (double)kind.Before * kind.During / (kind.Before + kind.During);
                weights += weight;
                before += weight * Math.Min(1, (double)kind.BeforeWith / kind.Before);
                during += weight * Math.Min(1, (double)kind.DuringWith / kind.During);
                beforeSquares += weight * weight / kind.Before;
                duringSquares += weight * weight / kind.During;
            }
        }

        return weights <= 0
            ? default
            : Compare(before / weights, weights * weights / beforeSquares, during / weights, weights * weights / duringSquares);
    }

    /// <summary>
    /// How sure it is that one thing gave way to another, by the requests that had either: what is lost at random from the
    /// records of both takes requests away and leaves their proportion. 0 where it didn't, or most went elsewhere or came from there.
    /// </summary>
    /// <param name="lost">Of the same requests as <paramref name="gained"/>.</param>
    /// <param name="gained">What came instead.</param>
    public static double NatsOfExchange(in StandardisedShare lost, in StandardisedShare gained)
    {
        var (before, during) = (lost.Before + gained.Before, lost.During + gained.During);
        return lost.Change >= 0 || gained.Change <= 0 || gained.Change > -2 * lost.Change
            ? 0
            : Compare(lost.Before / before, lost.BeforeCount * before, lost.During / during, lost.DuringCount * during).Nats;
    }

    private static StandardisedShare Compare(double before, double beforeCount, double during, double duringCount)
    {
        var pooled = ((before * beforeCount) + (during * duringCount)) / (beforeCount + duringCount);
        var nats = (beforeCount * Divergence(before, pooled)) + (duringCount * Divergence(during, pooled));
        return new StandardisedShare(before, during, Math.Max(0, nats)) { BeforeCount = beforeCount, DuringCount = duringCount };
    }

    /// <summary>Kullback and Leibler's, of one share from another.</summary>
    private static double Divergence(double share, double from) => Term(share, from) + Term(1 - share, 1 - from);

    private static double Term(double share, double from) => share <= 0 ? 0 : share * Math.Log(share / from);
}
