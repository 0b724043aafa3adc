namespace Aiops.Accuracy.Drift;

/// <summary>What is asked of a method, measurement by measurement: it may use no later one.</summary>
internal interface IRegressionWatch
{
    /// <summary>Whether this measurement raises a regression; a rise that lasts is to be raised once.</summary>
    bool Add(long position, double value, long build);
}

/// <summary>What came of one series.</summary>
/// <param name="DelayBuilds">Builds between the first bad one and the one that raised it; null when it wasn't found.</param>
/// <param name="FalselyRaised">
/// Raised before the change, after the level had returned, where there is none, or once more for the same change; a climb may
/// be raised again while it goes on.
/// </param>
internal sealed record WatchResult(LabelledSeries Series, int? DelayBuilds, int FalselyRaised);

/// <summary>Build by build through a series.</summary>
internal static class WalkForward
{
    public static WatchResult Run(LabelledSeries series, IRegressionWatch watch)
    {
        int? delay = null;
        var falselyRaised = 0;
        var buildsSince = 0;
        for (var i = 0; i < series.Values.Length; i++)
        {
            buildsSince += i > series.Change && series.Builds[i] != series.Builds[i - 1] ? 1 : 0;
            if (!watch.Add(i, series.Values[i], series.Builds[i]))
            {
                continue;
            }

            if (delay is null && i >= series.Change && i < series.Return)
            {
                delay = buildsSince;
            }
            else if (!(i >= series.Change && i < series.ClimbEnd))
            {
                falselyRaised++;
            }
        }

        return new WatchResult(series, delay, falselyRaised);
    }
}
