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
}
