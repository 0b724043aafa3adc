using System.Runtime.InteropServices;

namespace Aiops.Analysis.Drift;

/// <summary>
/// The latest past of a series in steps of equal length, each the median of its samples; steps without any are left out.
/// </summary>
/// <param name="width">Of a step, in milliseconds.</param>
internal sealed class StepHistory(long width)
{
    /// <summary>At most so many are kept.</summary>
    public const int Steps = 256;

    private const int SamplesPerStep = 32; // More are thinned out evenly.

    private readonly List<long> ends = [];
    private readonly List<double> levels = [];
    private readonly List<double> current = [];
    private long step = long.MinValue;
    private int seen;
    private int stride = 1;

    /// <summary>How many steps hold a sample, the current one included.</summary>
    public int Count => step == long.MinValue ? 0 : ends.Count + 1;

    /// <summary>The current step, counted from 1970.</summary>
    public long Current => step;

    /// <summary>The oldest step that is kept.</summary>
    public long First => ends.Count > 0 ? ends[0] : step;

    public void Add(long unixMilliseconds, double value)
    {
        if (unixMilliseconds / width != step)
        {
            Begin(unixMilliseconds / width);
        }

        if (seen++ % stride == 0)
        {
            Keep(value);
        }
    }

    /// <summary>The steps in order and their medians, the current one's included; not before the first sample.</summary>
    public (long[] Steps, double[] Levels) All() => ([.. ends, step], [.. levels, Quantile.MedianInPlace(current.ToArray())]);

    private void Begin(long next)
    {
        if (step != long.MinValue)
        {
            ends.Add(step);
            levels.Add(Quantile.MedianInPlace(CollectionsMarshal.AsSpan(current)));
        }

        var stale = ends.FindIndex(time => time > next - Steps);
        stale = stale < 0 ? ends.Count : stale;
        ends.RemoveRange(0, stale);
        levels.RemoveRange(0, stale);
        current.Clear();
        (step, seen, stride) = (next, 0, 1);
    }

    private void Keep(double value)
    {
        if (current.Count == SamplesPerStep)
        {
            for (var i = 0; i < SamplesPerStep / 2; i++)
            {
                current[i] = current[2 * i];
            }

            current.RemoveRange(SamplesPerStep / 2, SamplesPerStep / 2);
            stride *= 2;
        }

        current.Add(value);
    }
}
