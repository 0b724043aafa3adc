namespace Aiops.Analysis.Anomalies.Streaming;

/// <summary>
/// An EWMA control chart [Roberts1959] whose width is learned, upwards and downwards apart: how far the average usually reaches.
/// </summary>
/// <remarks>
/// The width is deliberately not robust. A large deviation widens it, so that what has happened before is less of a surprise
/// the next time, and series that are bursty by nature earn a wide one. Apart, because a series that bursts upwards can
/// still be quiet downwards, and a drop of it is then news.
/// [Roberts1959] S. W. Roberts: Control Chart Tests Based on Geometric Moving Averages, Technometrics 1 (1959).
/// </remarks>
/// <param name="memory">Points over which deviations are averaged; 1 charts them as they are.</param>
/// <param name="limit">Usual reaches at which the average is an anomaly.</param>
/// <param name="power">
/// Of the mean that says how far the average usually reaches: 2 for averages, which are nearly normal; 4 for single
/// deviations, which have heavy tails.
/// </param>
internal struct ControlChart(double memory, double limit, int power)
{
    private const double RipeMemories = 15; // Of an average of m points, m · 15 points hold about 15 independent ones.
    private readonly double weight = 1 / memory;
    private readonly double ripe = RipeMemories * memory;
    private double learned;
    private double average;
    private double above;
    private double below;

    /// <summary>The deviation at which the chart is at its limit upwards, as far as is learned.</summary>
    public readonly double UpperReach => ReachOf(above);

    public readonly double LowerReach => ReachOf(below);

    /// <summary>Takes a deviation into the average. Every point is judged first and learned then.</summary>
    /// <param name="floor">A deviation too small to mean anything, so that a series without spread isn't divided by 0.</param>
    /// <returns>
    /// 1 at the limit; 0 while the chart knows too little, and for a point that is already back on the other side.
    /// </returns>
    public double Judge(double deviation, double floor)
    {
        average += weight * (deviation - average);
        return learned < ripe || deviation * average <= 0
            ? 0
            : Math.Abs(average) / (ReachOf(average > 0 ? above : below) + floor);
    }

    /// <summary>Learns from the point judged last.</summary>
    public void Learn(double rate)
    {
        learned++;
        var reached = average * average;
        reached = power == 4 ? reached * reached : reached;
        above += rate * ((average > 0 ? reached : 0) - above);
        below += rate * ((average > 0 ? 0 : reached) - below);
    }

    /// <summary>
    /// Deviations are measured otherwise from now on, and have so many times the variance that they had: about, so the chart must
    /// ripen again.
    /// </summary>
    public void Rescale(double variances)
    {
        (learned, average) = (0, 0);
        var factor = power == 4 ? variances * variances : variances;
        above *= factor;
        below *= factor;
    }

    /// <remarks>Twice the mean: each side has seen half of the points of a symmetric series.</remarks>
    private readonly double ReachOf(double mean)
    {
        var root = Math.Sqrt(2 * mean);
        return limit * (power == 4 ? Math.Sqrt(root) : root);
    }
}
