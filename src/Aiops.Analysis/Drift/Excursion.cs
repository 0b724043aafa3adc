using System.Runtime.InteropServices;

namespace Aiops.Analysis.Drift;

/// <summary>A regression that lasts, and the pattern before it, to which the series may return.</summary>
internal sealed class Excursion(Regime before, LevelShift shift)
{
    private const int Settled = 128;      // Measurements without a further rise: what comes after is another change.
    private const double Certain = 3;     // Standard errors below the middle between the two levels.
    private static readonly int[] Windows = [8, 16, 32];

    private readonly List<Measurement> since = [];
    private int sinceRaised;

    /// <summary>The pattern before the first regression, up to its onset.</summary>
    public Regime Before => before;

    public LevelShift Shift { get; private set; } = shift;

    /// <summary>
    /// The pattern before, going on with the measurements that show the return, once the latest lie nearer to the old level than
    /// to the new one, for certain; else null.
    /// </summary>
    public Regime? Returned(Measurement measurement)
    {
        sinceRaised++;
        since.Add(measurement);
        if (since.Count > Windows[^1])
        {
            since.RemoveAt(0);
        }

        foreach (var window in Windows)
        {
            if (since.Count >= window && IsBack(CollectionsMarshal.AsSpan(since)[^window..]))
            {
                since[^window..].ForEach(before.Add);
                return before;
            }
        }

        return null;
    }

    /// <summary>
    /// The pattern before, going on with the measurements since a shift, where that leads back to the old level, about; else
    /// null.
    /// </summary>
    public Regime? Returned(LevelShift next, List<Measurement> sinceNext)
    {
        if (Math.Abs(DistanceOf(next.After)) >= Math.Abs(DistanceOf(Shift.After)) / 2)
        {
            return null;
        }

        sinceNext.ForEach(before.Add);
        return before;
    }

    /// <summary>
    /// Whether a further shift belongs to this one, for it began before this one had settled: a climb is found more than once.
    /// </summary>
    /// <param name="measurements">Since the further shift's onset.</param>
    public bool IsSame(LevelShift next, int measurements)
        => sinceRaised - measurements <= Settled && Math.Sign(next.Deviations) == Math.Sign(Shift.Deviations);

    /// <summary>Takes a further shift in: the level goes on from where it began.</summary>
    public void Extend(LevelShift next)
    {
        sinceRaised = 0;
        Shift = Shift with { After = next.After, Deviations = DistanceOf(next.After) };
    }

    /// <summary>From the level before, in its robust standard deviations.</summary>
    private double DistanceOf(double level) => before.Usual!.Value.ScoreOf(level);

    private bool IsBack(ReadOnlySpan<Measurement> latest)
    {
        var sum = 0.0;
        foreach (var measurement in latest)
        {
            sum += Math.Sign(Shift.Deviations) * before.ScoreOf(measurement.Value);
        }

        var error = Math.Sqrt(before.VarianceBefore(before.Count, latest.Length) / latest.Length);
        return (sum / latest.Length) + (Certain * error) < Math.Abs(before.ScoreOf(Shift.After)) / 2;
    }
}
