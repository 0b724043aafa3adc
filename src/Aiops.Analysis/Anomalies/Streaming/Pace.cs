namespace Aiops.Analysis.Anomalies.Streaming;

/// <summary>How often points come, and whether they are overdue.</summary>
/// <remarks>The usual step is a running median: it moves a little towards every distance between stamps that is seen.</remarks>
internal struct Pace
{
    private const double Learning = 0.05; // Of the step, a stamp.
    private Stillness gaps;
    private double step;
    private long? last;

    /// <summary>How many points usually come in a time; infinite while that is unknown.</summary>
    public readonly double PointsIn(TimeSpan time) => step > 0 ? time.TotalMilliseconds / step : double.PositiveInfinity;

    /// <summary>
    /// Usual steps from the last value to a moment; 1 while the step is unknown, or for a stamp that repeats or steps back.
    /// </summary>
    public readonly double StepsTo(long unixMilliseconds)
        => step > 0 && last is { } before && unixMilliseconds > before ? (unixMilliseconds - before) / step : 1;

    /// <summary>Seconds from the last value to a moment; those of a usual step for a stamp that repeats or steps back.</summary>
    public readonly double SecondsTo(long unixMilliseconds)
        => last is { } before && unixMilliseconds > before ? (unixMilliseconds - before) / 1_000.0 : step > 0 ? step / 1_000 : 1;

    /// <summary>How many times longer than the longest gap before the steps to a moment are.</summary>
    public readonly double Judge(double steps, double shortest) => gaps.Judge(steps, shortest);

    /// <param name="steps">What <see cref="StepsTo"/> said of the same moment.</param>
    public void Learn(long unixMilliseconds, double steps, double rate)
    {
        if (last is { } before && unixMilliseconds > before)
        {
            var distance = (double)(unixMilliseconds - before);
            step = step <= 0 ? distance : step * (distance > step ? 1 + Learning : distance < step ? 1 - Learning : 1);
            gaps.Learn(steps, rate);
        }

        last = Math.Max(last ?? unixMilliseconds, unixMilliseconds);
    }
}
