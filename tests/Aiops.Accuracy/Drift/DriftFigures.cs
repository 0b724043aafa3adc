using Aiops.Accuracy.Figures;

namespace Aiops.Accuracy.Drift;

/// <summary>From results to figures.</summary>
internal static class DriftFigures
{
    public static FigureSet Of(List<WatchResult> real, List<WatchResult> simulated)
    {
        var (changed, found) = Count(real);
        var (injected, foundSimulated) = Count(simulated);
        return new FigureSet()
            .Add("found", found)
            .Add("of", changed)
            .Add("falselyRaised", real.Sum(result => result.FalselyRaised))
            .Add("medianDelayBuilds", MedianDelay(real))
            .Add("recallSimulated", Share(foundSimulated, injected), WilsonInterval.Of(foundSimulated, injected))
            .Add("falseSimulated", FalsePerSeries(simulated), BootstrapInterval.Of(simulated, FalsePerSeries))
            .Add("medianDelaySimulated", MedianDelay(simulated));
    }

    /// <summary>Of the series with one kind injected.</summary>
    public static FigureSet OfKind(List<Watched> simulated)
        => new FigureSet()
            .Add("kindsSimulated", ShareNamed(simulated), IntervalNamed(simulated))
            .Add("falseSimulated", FalsePerSeries([.. simulated.Select(one => one.Result)]));

    /// <summary>Of regressions of one size and shape.</summary>
    public static FigureSet OfRegressions(List<Watched> simulated)
    {
        List<WatchResult> results = [.. simulated.Select(one => one.Result)];
        var (injected, found) = Count(results);
        List<Watched> raised = [.. simulated.Where(one => one.Result.DelayBuilds is not null)];
        return new FigureSet()
            .Add("recallSimulated", Share(found, injected), WilsonInterval.Of(found, injected))
            .Add("falseSimulated", FalsePerSeries(results))
            .Add("medianDelaySimulated", MedianDelay(results))
            .Add("buildSuspected", ShareOf(raised, one => one.SuspectsBuild));
    }

    public static double ShareOf(List<Watched> cases, Func<Watched, bool> holds) => Share(cases.Count(holds), cases.Count);

    /// <summary>In how many of the series the injected kind was said.</summary>
    public static double ShareNamed(List<Watched> cases) => ShareOf(cases, one => one.NamesKind);

    public static Interval IntervalNamed(List<Watched> cases)
        => WilsonInterval.Of(cases.Count(one => one.NamesKind), cases.Count);

    private static (int Changed, int Found) Count(List<WatchResult> results)
        => (results.Count(result => result.Series.Change is not null), results.Count(result => result.DelayBuilds is not null));

    private static double Share(int hits, int cases) => cases == 0 ? double.NaN : (double)hits / cases;

    private static double FalsePerSeries(IReadOnlyList<WatchResult> results) => results.Average(result => result.FalselyRaised);

    private static double MedianDelay(List<WatchResult> results)
    {
        double[] delays = [.. results.Select(result => result.DelayBuilds).OfType<int>()];
        return delays.Length == 0 ? double.NaN : Analysis.Quantile.MedianInPlace(delays);
    }
}
