using Aiops.Analysis.Drift;

namespace Aiops.Tests.Analysis.Drift;

public class StepHistoryTests
{
    private readonly StepHistory history = new(width: 10);

    [Fact]
    public void Each_step_is_the_median_of_its_samples_and_empty_ones_are_left_out()
    {
        history.Count.ShouldBe(0);
        foreach (var (time, value) in new[] { (100, 5.0), (105, 1), (109, 3), (110, 7), (139, 2), (139, 4) })
        {
            history.Add(time, value);
        }

        (history.Count, history.First, history.Current).ShouldBe((3, 10, 13));
        var (steps, levels) = history.All();
        steps.ShouldBe([10, 11, 13]);
        levels.ShouldBe([3, 7, 3]);
    }

    [Theory]
    [InlineData(255, 2)]
    [InlineData(256, 1)]
    public void A_step_is_forgotten_after_256(int later, int count)
    {
        history.Add(10, 1);
        history.First.ShouldBe(1);
        history.Add(10 + (later * 10), 2);
        history.Count.ShouldBe(count);
        history.First.ShouldBe(count == 2 ? 1 : 1 + later);
    }

    [Fact]
    public void The_newer_steps_stay_when_the_oldest_are_forgotten()
    {
        history.Add(0, 1);
        history.Add(20, 2);
        history.Add(2_570, 3);
        history.All().Steps.ShouldBe([2, 257]);
        history.All().Levels.ShouldBe([2, 3]);
    }

    [Theory]
    [InlineData(32, 15.5)]  // 0 to 31, all kept.
    [InlineData(33, 16)]    // 0, 2, … 30 and 32: from here on every second.
    [InlineData(34, 16)]
    [InlineData(64, 31)]    // 0, 2, … 62.
    [InlineData(65, 32)]    // 0, 4, … 64.
    [InlineData(1_000, 496)] // 0, 32, … 992.
    public void Samples_of_one_step_are_thinned_out_evenly(int samples, double median)
    {
        for (var i = 0; i < samples; i++)
        {
            history.Add(100, i);
        }

        history.All().Levels.ShouldBe([median]);
        history.Add(110, 7);
        history.Add(111, 9);
        history.All().Levels.ShouldBe([median, 8], "the next step keeps all of its own");
    }
}
