namespace Aiops.Accuracy.Anomalies;

/// <summary>
/// The benchmark's own simple peer: how far out a value lies in the normal distribution of a sliding window, with the
/// benchmark's settings (6,400 points, moved on by 100).
/// </summary>
internal sealed class WindowedGaussian(int size = 6_400, int step = 100) : IAnomalyScorer
{
    private const double LeastDeviation = 1e-6; // For a window without spread.
    private readonly List<double> window = new(size);
    private readonly List<double> waiting = new(step);
    private double mean;
    private double deviation = 1;
    private double sum;
    private double squares;

    public double Next(long unixMilliseconds, double value)
    {
        var score = window.Count == 0 ? 0 : 1 - UpperTail(Math.Abs(value - mean) / deviation);
        if (window.Count < size)
        {
            window.Add(value);
            sum += value;
            squares += value * value;
            Refresh();
        }
        else
        {
            waiting.Add(value);
            if (waiting.Count == step)
            {
                window.RemoveRange(0, step);
                window.AddRange(waiting);
                waiting.Clear();
                (sum, squares) = (window.Sum(), window.Sum(one => one * one));
                Refresh();
            }
        }

        return score;
    }

    private void Refresh()
    {
        mean = sum / window.Count;
        deviation = Math.Sqrt(Math.Max(0, (squares / window.Count) - (mean * mean)));
        deviation = deviation > 0 ? deviation : LeastDeviation;
    }

    private static double UpperTail(double deviations) => 0.5 * Erfc(deviations / Math.Sqrt(2));

    /// <summary>The complementary error function for x ≥ 0, to about 1.2e-7 relative.</summary>
    private static double Erfc(double x)
    {
        ReadOnlySpan<double> coefficients =
        [
            -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806,
            0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277,
        ];
        var t = 1 / (1 + (0.5 * x));
        var power = 0.0;
        for (var i = coefficients.Length - 1; i >= 0; i--)
        {
            power = (power * t) + coefficients[i];
        }

        return t * Math.Exp((-x * x) + power);
    }
}
