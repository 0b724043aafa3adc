using Aiops.Analysis.Drift;
using Aiops.Tests.Analysis.ChangePoints;

namespace Aiops.Tests.Analysis.Drift;

public class SlopeTrendTests
{
    private static readonly long[] Times = [.. Enumerable.Range(0, 60).Select(i => (long)i)];

    [Fact]
    public void A_straight_line_has_its_slope_and_no_interval()
    {
        var trend = SlopeTrend.Of(Times, Array.ConvertAll(Times, time => 5 + (2.0 * time)), 1)!.Value;
        (trend.Slope, trend.LowSlope, trend.HighSlope).ShouldBe((2, 2, 2));
        const double Score = 1_770 - 1; // Kendall's, of 60 rising samples, corrected for continuity.
        trend.Significance.ShouldBe(Score / Math.Sqrt(60 * 59 * 125 / 18.0), 1e-9);
    }

    [Fact]
    public void A_quarter_of_wild_samples_leaves_the_slope()
    {
        var values = Array.ConvertAll(Times, time => time % 4 == 0 ? 1e6 * (time % 3) : 2.0 * time);
        SlopeTrend.Of(Times, values, 1)!.Value.Slope.ShouldBe(2, 0.5);
    }

    [Fact]
    public void Equal_samples_have_no_trend()
        => SlopeTrend.Of(Times, new double[Times.Length], 1)!.Value.ShouldBe(new SlopeTrend(0, 0, 0, 0));

    [Fact]
    public void Only_samples_of_the_same_phase_are_compared()
    {
        double[] values = [.. Times.Select(time => (0.5 * time) + (time % 12 < 6 ? 100 : 0))];
        SlopeTrend.Of(Times, values, 12)!.Value.Slope.ShouldBe(0.5, 1e-12);
    }

    [Fact]
    public void A_stretch_shorter_than_two_seasons_has_no_pairs()
        => SlopeTrend.Of(Times.AsSpan(0, 12), new double[12], 12).ShouldBeNull();

    [Fact]
    public void Nineteen_intervals_of_twenty_hold_the_slope()
    {
        const int Trials = 300;
        var held = Enumerable.Range(0, Trials).Count(seed =>
        {
            double[] values = [.. Noise.Normal(Times.Length, seed).Select((value, i) => value + (0.03 * i))];
            var trend = SlopeTrend.Of(Times, values, 1)!.Value;
            return trend.LowSlope <= 0.03 && trend.HighSlope >= 0.03;
        });
        ((double)held / Trials).ShouldBeInRange(0.92, 0.99);
    }

    [Fact]
    public void Autocorrelated_noise_is_seldom_a_trend()
    {
        const int Trials = 300;
        var significant = Enumerable.Range(0, Trials).Count(seed =>
            Math.Abs(SlopeTrend.Of(Times, Noise.Autoregressive(Times.Length, 0.7, seed), 1)!.Value.Significance) > 1.96);
        ((double)significant / Trials).ShouldBeLessThan(0.12); // Without the correction: two in five.
    }

    [Fact]
    public void Slope_interval_and_significance_are_the_papers()
    {
        // By a plain implementation of them, apart from this code: without a correlation of the residuals,
        ShouldBe(Of([1, 2.5, 2, 4, 5.5, 5, 7, 6.5, 9, 8.5, 10.5, 11]), 0.9, 0.75, 1, 3.9086352435);

        // with a correlation of 0.88 and one wild sample,
        ShouldBe(Of([20, 19, 19, 17, 14, 13, 13, 30, 14, 12, 9, 7, 7, 6]), -14 / 13.0, -16, 17, -0.9347627597);

        // with the strongest that is believed,
        ShouldBe(Of([2, 2, 3, 5, 6, 6, 6, 5, 6, 8, 10, 11, 12, 12]), 0.8, -1, 2, 0.2910571777);

        // and under a season of three, with holes.
        var seasonal = SlopeTrend.Of(
            [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 12, 13, 15, 16, 18],
            [1, 5, 9, 2.5, 6, 4.5, 8, 11, 4, 7.5, 5, 8, 6.5, 10, 8],
            season: 3)!.Value;
        ShouldBe(seasonal, 1 / 3.0, -1 / 6.0, 2 / 3.0, 1.1235850831);
    }

    private static SlopeTrend Of(double[] values) => SlopeTrend.Of(Times.AsSpan(0, values.Length), values, 1)!.Value;

    private static void ShouldBe(SlopeTrend trend, double slope, double low, double high, double significance)
    {
        trend.Slope.ShouldBe(slope, 1e-9);
        trend.LowSlope.ShouldBe(low, 1e-9);
        trend.HighSlope.ShouldBe(high, 1e-9);
        trend.Significance.ShouldBe(significance, 1e-9);
    }
}
