namespace Aiops.Accuracy.Anomalies;

/// <summary>A series with a label at every point, and the windows that follow from these.</summary>
/// <param name="Labels">One a point, in the series' order.</param>
internal sealed record LabelledSeries(NabSeries Series, bool[] Labels)
{
    private const double WindowShare = 0.1; // The benchmark's: all windows of a series together cover a tenth of it.

    /// <summary>
    /// The benchmark's windows, from labelled points: each run of them becomes a window around its first point that is a
    /// run's share of a tenth of the series wide, and reaches at least to the run's end. Windows that touch are one. Those
    /// that end within probation are left out, as nobody could find them.
    /// </summary>
    public static IReadOnlyList<NabWindow> WindowsOf(ReadOnlySpan<bool> labels, int probation)
    {
        List<NabWindow> runs = [];
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i])
            {
                var (first, grows) = runs is [.., { } before] && before.Last == i - 1 ? (before.First, true) : (i, false);
                runs.RemoveRange(runs.Count - (grows ? 1 : 0), grows ? 1 : 0);
                runs.Add(new NabWindow(first, i));
            }
        }

        List<NabWindow> windows = [];
        var half = runs.Count == 0 ? 0 : (int)(WindowShare * labels.Length / runs.Count / 2);
        foreach (var (start, end) in runs)
        {
            var (first, last) = (Math.Max(0, start - half), Math.Min(labels.Length - 1, Math.Max(end, start + half)));
            if (windows is [.., var before] && first <= before.Last + 1)
            {
                windows[^1] = new NabWindow(before.First, Math.Max(before.Last, last));
            }
            else
            {
                windows.Add(new NabWindow(first, last));
            }
        }

        return [.. windows.Where(window => window.Last >= probation)];
    }
}
