namespace Aiops.Accuracy.Drift.Peers;

/// <summary>The three-sigma rule [Shewhart1931] on a sliding window: raised when a value lies above all but chance.</summary>
/// <remarks>
/// 30 measurements, none judged before; after a signal none for as many, so that one change isn't raised at each measurement.
/// [Shewhart1931] W. A. Shewhart: Economic Control of Quality of Manufactured Product (1931).
/// </remarks>
internal sealed class WindowedGaussian : IRegressionWatch
{
    private const int Window = 30;
    private const double Limit = 3;

    private readonly Queue<double> window = new();
    private int quiet;

    public bool Add(long position, double value, long build)
    {
        var raised = window.Count == Window && quiet == 0 && Moments.ScoreOf(value, window) > Limit;
        window.Enqueue(value);
        if (window.Count > Window)
        {
            window.Dequeue();
        }

        quiet = raised ? Window : Math.Max(0, quiet - 1);
        return raised;
    }
}
