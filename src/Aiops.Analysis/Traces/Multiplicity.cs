namespace Aiops.Analysis.Traces;

/// <summary>How much surer one of many comparisons must be, because there are many.</summary>
/// <remarks>
/// A comparison that couldn't reach that even if everything had changed can't come out by chance either, so it isn't counted
/// [Tarone1990]: the rare events, of which logs are full, cost the frequent ones nothing.
/// [Tarone1990] R. E. Tarone: A modified Bonferroni method for discrete data, Biometrics 46 (1990).
/// </remarks>
internal static class Multiplicity
{
    /// <summary>The log of the number of comparisons that count.</summary>
    /// <param name="mostPossible">For each thing compared, the nats that it could reach at most.</param>
    /// <param name="each">How often each is compared.</param>
    public static double NatsOf(IEnumerable<double> mostPossible, int each)
    {
        double[] descending = [.. mostPossible.OrderDescending()];
        for (var counted = 1; ; counted++)
        {
            var nats = Math.Log(counted) + Math.Log(each);
            if (counted >= descending.Length || descending[counted] <= nats)
            {
                return nats;
            }
        }
    }
}
