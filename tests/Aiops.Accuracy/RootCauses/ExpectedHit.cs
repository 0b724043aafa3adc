namespace Aiops.Accuracy.RootCauses;

/// <summary>Whether the cause is among the first k, by expectation where scores tie: never by the order of a list.</summary>
internal static class ExpectedHit
{
    private const double Tie = 1e-9;

    /// <returns>
    /// 1 when it surely is, 0 when it isn't or no cause is named; among ties, the share of their orders that have it there.
    /// </returns>
    public static double Among(int k, IReadOnlyDictionary<string, double> scores, string cause)
    {
        if (!scores.TryGetValue(cause, out var own) || double.IsNaN(own))
        {
            return 0;
        }

        var above = scores.Values.Count(score => score > own + Tie);
        var level = scores.Values.Count(score => Math.Abs(score - own) <= Tie || score == own); // Infinities too.
        return Math.Clamp((k - above) / (double)level, 0, 1);
    }
}
