using Aiops.Analysis.Anomalies.Streaming;

namespace Aiops.Tests.Analysis.Anomalies.Streaming;

public class ControlChartTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Deviations_of_one_on_both_sides_reach_one(int power)
    {
        var chart = Learned(power, i => i % 2 == 0 ? 1 : -1);
        chart.UpperReach.ShouldBe(3, 0.01);
        chart.LowerReach.ShouldBe(3, 0.01);
        chart.Judge(3, floor: 0).ShouldBe(1, 0.01);
    }

    [Fact]
    public void A_chart_that_bursts_upwards_is_still_narrow_downwards()
    {
        var chart = Learned(2, i => i % 2 == 0 ? 10 : -1);
        chart.UpperReach.ShouldBe(30, 0.1);
        chart.LowerReach.ShouldBe(3, 0.01);
    }

    [Fact]
    public void Heavy_tails_widen_the_fourth_power_more()
    {
        static double Tailed(int i) => i % 100 == 0 ? 10 : i % 2 == 0 ? 1 : -1;
        (Learned(4, Tailed).UpperReach / Learned(2, Tailed).UpperReach).ShouldBeGreaterThan(1.5);
    }

    [Fact]
    public void An_average_over_ten_points_is_judged_from_the_151st_on()
    {
        var chart = new ControlChart(10, 1, 2);
        for (var i = 0; i < 150; i++)
        {
            chart.Judge(1, floor: 0).ShouldBe(0);
            chart.Learn(0.1);
        }

        chart.Judge(1, floor: 0).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_point_back_on_the_other_side_is_no_anomaly()
    {
        var chart = new ControlChart(10, 0.1, 2);
        for (var i = 0; i < 200; i++)
        {
            chart.Judge(1, floor: 0);
            chart.Learn(0.1);
        }

        chart.Judge(-0.1, floor: 0).ShouldBe(0);
        chart.Judge(0, floor: 0).ShouldBe(0);
        chart.Judge(0.1, floor: 0).ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_quarter_of_the_variance_is_half_the_reach(int power)
    {
        var chart = Learned(power, i => i % 2 == 0 ? 1 : -1);
        chart.Rescale(0.25);
        chart.UpperReach.ShouldBe(1.5, 0.01);
    }

    private static ControlChart Learned(int power, Func<int, double> deviation)
    {
        var chart = new ControlChart(1, 3, power);
        for (var i = 0; i < 10_000; i++)
        {
            chart.Judge(deviation(i), floor: 0);
            chart.Learn(1.0 / (i + 1));
        }

        return chart;
    }
}
