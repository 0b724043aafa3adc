namespace Aiops.Accuracy.Anomalies;

/// <summary>
/// The plain robust baseline: distance from the median of the last points, in median absolute deviations [Iglewicz1993].
/// </summary>
/// <remarks>[Iglewicz1993] B. Iglewicz, D. C. Hoaglin: How to Detect and Handle Outliers, ASQC (1993).</remarks>
internal sealed class StreamingRobustZScore(int size = 1_000, int step = 100) : IAnomalyScorer
{
    private const double MadToSigma = 1.4826;  // For a normal distribution.
    private const double MeanToSigma = 1.2533;
    private readonly Queue<double> window = new(size);
    private double median;
    private double spread;
    private int seen;

    public double Next(long unixMilliseconds, double value)
    {
        if (seen++ % step == 0 && window.Count > 0)
        {
            median = MedianOf([.. window]);
            spread = MadToSigma * MedianOf([.. window.Select(one => Math.Abs(one - median))]);
            spread = spread > 0 ? spread : MeanToSigma * window.Average(one => Math.Abs(one - median)); // Most values are equal.
        }

        if (window.Count == size)
        {
            window.Dequeue();
        }

        window.Enqueue(value);
        var distance = Math.Abs(value - median);
        return seen <= step || distance <= 0 ? 0 : distance / (distance + spread);
    }

    private static double MedianOf(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
