using Aiops.Analysis.Anomalies.Streaming;

namespace Aiops.Tests.Analysis.Anomalies.Streaming;

public class PaceTests
{
    [Fact]
    public void Before_two_stamps_nothing_is_known_of_the_step()
    {
        var pace = new Pace();
        pace.PointsIn(TimeSpan.FromHours(1)).ShouldBe(double.PositiveInfinity);
        (pace.StepsTo(5_000), pace.SecondsTo(5_000)).ShouldBe((1, 1));
        pace.Learn(1_000, 1, 0.1);
        (pace.StepsTo(5_000), pace.SecondsTo(5_000)).ShouldBe((1, 4));
        (pace.StepsTo(1_000), pace.SecondsTo(1_000)).ShouldBe((1, 1));
    }

    [Fact]
    public void Two_stamps_tell_the_step()
    {
        var pace = Learned(1_000, 3_000);
        pace.PointsIn(TimeSpan.FromSeconds(10)).ShouldBe(5);
        (pace.StepsTo(9_000), pace.SecondsTo(9_000)).ShouldBe((3, 6));
    }

    [Theory]
    [InlineData(4_999, 1.9)]  // Shorter than usual.
    [InlineData(5_000, 2)]
    [InlineData(5_001, 2.1)]
    [InlineData(90_000, 2.1)] // However much longer.
    public void The_step_moves_a_twentieth_towards_each_distance(long third, double seconds)
    {
        var pace = Learned(1_000, 3_000, third);
        pace.SecondsTo(third).ShouldBe(seconds, 1e-9); // A stamp that repeats has the usual step behind it.
        pace.PointsIn(TimeSpan.FromSeconds(10)).ShouldBe(10 / seconds, 1e-9);
    }

    [Fact]
    public void A_stamp_that_repeats_or_steps_back_is_a_usual_step_away_and_moves_nothing()
    {
        var pace = Learned(1_000, 3_000, 3_000, 2_000);
        (pace.StepsTo(3_000), pace.SecondsTo(3_000)).ShouldBe((1, 2));
        (pace.StepsTo(2_000), pace.SecondsTo(2_000)).ShouldBe((1, 2));
        (pace.StepsTo(7_000), pace.SecondsTo(7_000)).ShouldBe((2, 4));
    }

    private static Pace Learned(params long[] stamps)
    {
        var pace = new Pace();
        foreach (var stamp in stamps)
        {
            pace.Learn(stamp, pace.StepsTo(stamp), 0.1);
        }

        return pace;
    }
}
