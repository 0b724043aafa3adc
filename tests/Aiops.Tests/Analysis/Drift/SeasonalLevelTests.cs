using Aiops.Analysis.Drift;

namespace Aiops.Tests.Analysis.Drift;

public class SeasonalLevelTests
{
    private static readonly long[] Times = [6, 7, 8, 9, 10, 11, 12, 13];

    // A slope of 2 from time 6 on, 10 at even times and 20 at odd ones.
    private static readonly double[] Values = [10, 22, 14, 26, 18, 30, 22, 34];

    [Fact]
    public void Each_phase_departs_from_the_level_by_its_median()
    {
        var level = new SeasonalLevel(Times, Values, slope: 2, season: 2);
        (level.DepartureAt(100), level.DepartureAt(101)).ShouldBe((-5, 5)); // About a level of 15.
        level.Latest.ShouldBe(15);
        level.Residuals(Times, Values).ShouldAllBe(residual => residual == 0);
        new SeasonalLevel([0, 1], [1, 2], 1, season: 3).DepartureAt(2).ShouldBe(0, "a phase never seen");
    }

    [Fact]
    public void Without_a_season_nothing_departs()
    {
        var level = new SeasonalLevel(Times, Values, slope: 2, season: 1);
        level.DepartureAt(7).ShouldBe(0);
        level.Residuals(Times, Values).ShouldBe([-5, 5, -5, 5, -5, 5, -5, 5]);
    }

    [Fact]
    public void A_residual_beyond_three_robust_deviations_counts_as_that_far_out()
    {
        double[] values = [1, -1, 1, -1, 50, -1, 1, -50, 0];
        long[] times = [.. Enumerable.Range(0, values.Length).Select(i => (long)i)];
        var residuals = new SeasonalLevel(times, values, slope: 0, season: 1).Residuals(times, values);
        residuals.ShouldBe([1, -1, 1, -1, 3 * 1.4826, -1, 1, -3 * 1.4826, 0]);
        SeasonalLevel.SpreadOf(residuals).ShouldBe(1.4826, 1e-12);
    }

    [Fact]
    public void The_latest_level_is_that_of_the_last_quarter()
    {
        // Eight samples: the last two lie 4 higher, taken back along the slope.
        double[] bent = [0, 1, 2, 3, 4, 5, 10, 11];
        new SeasonalLevel([0, 1, 2, 3, 4, 5, 6, 7], bent, slope: 1, season: 1).Latest.ShouldBe(4);
        new SeasonalLevel([0, 1, 2], [0, 1, 9], slope: 1, season: 1).Latest.ShouldBe(7, "one sample at least");
    }
}
