namespace Aiops.Accuracy.Drift.Peers;

/// <summary>
/// The tabular CUSUM of [Page1954], two-sided, at the settings of the textbook [Montgomery2013]: k = 0.5, h = 5.
/// </summary>
/// <remarks>
/// Mean and standard deviation come from the first 20 measurements; after a signal on either side both are learned anew. Only
/// rises count as raised.
/// [Page1954] E. S. Page: Continuous Inspection Schemes, Biometrika 41 (1954).
/// [Montgomery2013] D. C. Montgomery: Introduction to Statistical Quality Control, 7th ed., Wiley (2013), ch. 9.
/// </remarks>
internal sealed class PageCusum : IRegressionWatch
{
    private const int Learned = 20;
    private const double Allowance = 0.5;
    private const double Decision = 5;

    private readonly List<double> learning = [];
    private double high;
    private double low;

    public bool Add(long position, double value, long build)
    {
        if (learning.Count < Learned)
        {
            learning.Add(value);
            return false;
        }

        var score = Moments.ScoreOf(value, learning);
        high = Math.Max(0, high + score - Allowance);
        low = Math.Max(0, low - score - Allowance);
        if (high <= Decision && low <= Decision)
        {
            return false;
        }

        var rises = high > Decision;
        learning.Clear();
        (high, low) = (0, 0);
        return rises;
    }
}
