using Aiops.Analysis.Anomalies;
using Aiops.Analysis.Telemetry;

namespace Aiops.Tests.Analysis.Anomalies;

/// <summary>The spread and its stated floors, each where it takes hold and where it no longer does.</summary>
public class RobustBaselineTests
{
    [Fact]
    public void A_gauge_with_spread_has_the_median_deviation_scaled_to_a_normals()
    {
        var usual = Of([5, 1, 4, 2, 3], SignalKind.Other);
        usual.ShouldBe(new RobustBaseline(5, 3, 1.4826));
        usual.ScoreOf(3 + (2 * 1.4826)).ShouldBe(2, 1e-12);
    }

    [Fact]
    public void Where_more_than_half_are_equal_the_mean_deviation_counts()
        => Of([5, 5, 9, 5, 5, 3, 5, 5], SignalKind.Other).Spread.ShouldBe(1.2533 * (4 + 2) / 8, 1e-12);

    [Theory]
    [InlineData(SignalKind.Traffic, 100, 10)]
    [InlineData(SignalKind.Errors, 100, 10)]
    [InlineData(SignalKind.Errors, 1.21, 1.1)]
    [InlineData(SignalKind.Errors, 1, 1)]
    [InlineData(SignalKind.Errors, 0.81, 1)]
    [InlineData(SignalKind.Traffic, -100, 10)] // Bytes out less bytes in: a balance may be negative.
    [InlineData(SignalKind.Latency, 200, 4)]
    [InlineData(SignalKind.Latency, -200, 4)]
    [InlineData(SignalKind.Other, 200, 3)]
    [InlineData(SignalKind.Saturation, 300, 3)]
    [InlineData(SignalKind.Other, -400, 4)]
    public void A_flat_line_has_its_kinds_floor(SignalKind kind, double level, double floor)
        => Of([level, level, level], kind, largest: 300).Spread.ShouldBe(floor, 1e-12);

    [Theory]
    [InlineData(6.7, 10)] // 1.4826 times it is 9.93, below √100.
    [InlineData(6.8, 1.4826 * 6.8)]
    public void The_floor_of_a_count_holds_up_to_it_and_no_further(double deviation, double spread)
        => Of([100 - deviation, 100, 100 + deviation], SignalKind.Traffic).Spread.ShouldBe(spread, 1e-12);

    [Theory]
    [InlineData(1.3, 2)] // 1.4826 times it is 1.93, below 2 % of 100.
    [InlineData(1.4, 1.4826 * 1.4)]
    public void The_floor_of_a_latency_holds_up_to_it_and_no_further(double deviation, double spread)
        => Of([100 - deviation, 100, 100 + deviation], SignalKind.Latency).Spread.ShouldBe(spread, 1e-12);

    [Theory]
    [InlineData("%", 100, null, 0.5)]
    [InlineData("Percent", 100, null, 0.5)]
    [InlineData("%", 100, 400.0, 0.25)]    // One failure of 400.
    [InlineData("%", 100, 0.99, 0.5)]      // Hardly a call: nothing to count.
    [InlineData("%", 100, 1.0, 100)]
    [InlineData("%", 90, 1_000.0, 0.948683)] // √(1000 · 0.9 · 0.1) = 9.487 failures.
    [InlineData("%", 50, 4.0, 25)]         // √(4 · ½ · ½) = 1, as many as are assumed at least.
    [InlineData("", 0.9, 1_000.0, 0.009486833)]
    [InlineData("", 1, null, 0.005)]
    [InlineData("", 1.01, null, 0.0101)]   // More than one: it counts what is up, and has 1 % of the largest.
    [InlineData("", 1.01, 1_000.0, 0.0101)]
    public void A_share_has_the_chance_of_its_failures(string unit, double level, double? calls, double floor)
        => Of([level, level, level], SignalKind.Availability, unit, level, calls).Spread.ShouldBe(floor, 1e-6);

    [Fact]
    public void Nothing_but_zeros_still_divides()
        => Of([0, 0, 0], SignalKind.Other, largest: 0).ShouldBe(new RobustBaseline(3, 0, 1));

    [Fact]
    public void Scores_take_the_sign_of_the_direction_looked_at()
    {
        double[] scores = new double[2];
        new RobustBaseline(10, 5, 2).ScoreAll([9, 4], sign: -1, scores);
        scores.ShouldBe([-2, 0.5]);
    }

    private static RobustBaseline Of(double[] values, SignalKind kind, string unit = "", double largest = 0, double? calls = null)
        => RobustBaseline.Of(values, kind, unit, largest, calls);
}
