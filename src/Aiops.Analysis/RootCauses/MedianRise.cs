using Aiops.Analysis.Traces;

namespace Aiops.Analysis.RootCauses;

/// <summary>How far the median of an operation's times rose, and what that is worth.</summary>
internal static class MedianRise
{
    private const int FewestBefore = 5;       // Their spread then says something about a median.
    private const int FewestDuring = 2;
    private const double LeastSlowdown = 1.2; // What grew by less than a fifth interests nobody, however certain.
    private const double LeastDelay = 1;      // Milliseconds: below, clocks and schedulers decide.

    public static bool CanJudge(OperationShift shift) => shift.Baseline.Count >= FewestBefore && shift.Incident.Count >= FewestDuring;

    /// <summary>By how many of its standard errors a median rose; 0 when by too little to matter. Milliseconds in.</summary>
    public static double Of(OperationShift shift, double before, double beforeSpread, double during, double duringSpread)
    {
        if (during < LeastSlowdown * before || during - before < LeastDelay)
        {
            return 0;
        }

        const double MedianError = 1.2533 * 1.4826; // Of a normal's median, from its MAD [Rousseeuw1993].
        var errors = Math.Sqrt((1.0 / shift.Baseline.Count) + (1.0 / shift.Incident.Count));
        var floor = Math.Max(0.02 * before, 1e-9);
        return (during - before) / (MedianError * Math.Max(Math.Sqrt(beforeSpread * duringSpread), Math.Max(beforeSpread, floor))) / errors;
    }

    /// <summary>Many calls make a slight slowdown certain, and no more important: the factor limits what certainty gives.</summary>
    public static double Weight(double deviations, double before, double during)
        => Math.Max(0, Math.Min(Strength.Of(deviations), 2 * Math.Log(during / Math.Max(before, LeastDelay))));
}
