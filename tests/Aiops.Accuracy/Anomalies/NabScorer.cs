namespace Aiops.Accuracy.Anomalies;

/// <summary>Scores alarms as the Numenta Anomaly Benchmark does [Lavin2015].</summary>
/// <remarks>
/// The first alarm in a window earns up to the profile's worth, falling along a sigmoid from the window's start to its end;
/// a window without an alarm costs; every alarm outside costs, less just after a window. Nothing counts during probation.
/// [Lavin2015] A. Lavin, S. Ahmad: Evaluating Real-time Anomaly Detection Algorithms – the Numenta Anomaly Benchmark, ICMLA 2015.
/// </remarks>
internal static class NabScorer
{
    private const double Steepness = 5;
    private const double FarBehind = 3; // Widths after a window's end from which an alarm costs in full.

    /// <summary>The same for scores, of which those at the threshold alarm, too.</summary>
    public static NabTally Score(NabSeries series, double[] scores, double threshold)
        => Score(series, Array.ConvertAll(scores, score => score >= threshold));

    /// <param name="alarms">One a point, in the series' order.</param>
    public static NabTally Score(NabSeries series, ReadOnlySpan<bool> alarms)
    {
        var worths = WorthsOf(series);
        var found = new double?[series.Windows.Count];
        var (outside, falseAlarms, cost) = (0, 0, 0.0);
        for (var i = series.Probation; i < series.Length; i++)
        {
            var (window, worth) = worths[i];
            outside += window < 0 ? 1 : 0;
            if (!alarms[i])
            {
                continue;
            }

            if (window < 0)
            {
                falseAlarms++;
                cost += worth;
            }
            else
            {
                found[window] = Math.Max(found[window] ?? double.NegativeInfinity, worth);
            }
        }

        return new NabTally
        {
            Windows = found.Length,
            Scorable = series.Windows.Count(window => window.Last >= series.Probation),
            Found = found.Count(worth => worth is not null),
            Gained = found.Sum(worth => worth ?? 0),
            Lost = -cost,
            FalseAlarms = falseAlarms,
            PointsOutside = outside,
            Points = Math.Max(0, series.Length - series.Probation),
        };
    }

    /// <summary>For every point the window that holds it (-1 for none) and what an alarm there is worth before weights.</summary>
    public static (int Window, double Worth)[] WorthsOf(NabSeries series)
    {
        var worths = new (int, double)[series.Length];
        var best = ScaledSigmoid(-1);
        var window = 0;
        for (var i = 0; i < worths.Length; i++)
        {
            while (window < series.Windows.Count && i > series.Windows[window].Last)
            {
                window++;
            }

            if (window < series.Windows.Count && i >= series.Windows[window].First)
            {
                var current = series.Windows[window];
                worths[i] = (window, ScaledSigmoid(-(current.Last - i + 1) / (double)current.Width) / best);
            }
            else
            {
                worths[i] = (-1, ScaledSigmoid(window == 0 ? FarBehind : WidthsBehind(series.Windows[window - 1], i)));
            }
        }

        return worths;
    }

    private static double WidthsBehind(NabWindow window, int at) => (at - window.Last) / (window.Width - 1.0);

    private static double ScaledSigmoid(double position)
        => position >= FarBehind ? -1 : (2 / (1 + Math.Exp(Steepness * position))) - 1;
}
