namespace Aiops.Analysis.Traces;

/// <summary>Counts and sampled durations of one operation in one period.</summary>
internal sealed class OperationTally
{
    private readonly Reservoir durations = new();
    private readonly Reservoir selfTimes = new();
    private readonly Reservoir gaps = new();
    private long count;
    private long failed;
    private long failedFirst;

    public void Add(double duration, double? selfTime, double? gap, bool failed, bool failedFirst)
    {
        count++;
        this.failed += failed ? 1 : 0;
        this.failedFirst += failedFirst ? 1 : 0;
        durations.Add(duration);
        if (selfTime is { } worked)
        {
            selfTimes.Add(worked);
        }

        if (gap is { } waited)
        {
            gaps.Add(waited);
        }
    }

    public OperationStatistics Statistics()
    {
        var ascending = durations.Ascending();
        var (selfTime, selfTimeSpread) = selfTimes.MedianAndSpread();
        var (gap, gapSpread) = gaps.MedianAndSpread();
        return count == 0
            ? default
            : new OperationStatistics(count, failed, selfTime, Quantile.OfSorted(ascending, 0.5), Quantile.OfSorted(ascending, 0.95))
            {
                FailedFirst = failedFirst,
                SelfTimeSpread = selfTimeSpread,
                GapMedian = gap,
                GapSpread = gapSpread,
            };
    }
}
