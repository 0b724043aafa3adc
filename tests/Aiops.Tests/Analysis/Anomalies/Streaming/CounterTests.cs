using Aiops.Analysis.Anomalies.Streaming;

namespace Aiops.Tests.Analysis.Anomalies.Streaming;

public class CounterTests
{
    [Theory]
    [InlineData(50, 0, true)]
    [InlineData(49, 0, false)]
    [InlineData(90, 2, true)]
    [InlineData(90, 3, false)]
    public void It_rises_half_of_the_time_and_falls_twice_in_a_hundred_at_most(int rises, int drops, bool counts)
    {
        var counter = new Counter();
        var value = 1_000.0;
        for (var i = 0; i < 100; i++)
        {
            value += i == 0 ? 0 : i <= rises ? 1 : i <= rises + drops ? -1 : 0;
            counter.Observe(value, 100).ShouldBe(i == 99 && counts);
            counter.Learn(value);
        }

        counter.Counts.ShouldBe(counts);
    }

    [Fact]
    public void One_that_keeps_falling_was_none()
    {
        var counter = new Counter();
        for (var i = 0; i < 1_000; i++)
        {
            var value = i < 500 ? i : i % 2;
            counter.Observe(value, 100);
            counter.Learn(value);
        }

        counter.Counts.ShouldBeFalse();
    }

    [Fact]
    public void After_a_restart_it_has_counted_from_nothing()
    {
        var counter = new Counter();
        counter.Learn(50);
        counter.RateTo(56, 2).ShouldBe(3);
        counter.RateTo(8, 1).ShouldBe(8);
        counter.RateTo(50, 1).ShouldBe(0, "it stood still");
    }

    [Fact]
    public void Its_first_value_is_neither_a_rise_nor_a_fall()
    {
        var counter = new Counter();
        for (var i = 0; i < 100; i++)
        {
            var value = i - 1_000 - (i < 50 ? 0 : 2) - (i < 98 ? 0 : 2); // Below zero; falls twice.
            counter.Observe(value, 100);
            counter.Learn(value);
        }

        counter.Counts.ShouldBeTrue();
    }

    [Theory]
    [InlineData(150, true)]
    [InlineData(149, false)]
    public void A_third_restart_is_borne_from_150_points_on(int at, bool counts)
    {
        var counter = new Counter();
        var value = 1_000;
        for (var seen = 1; seen <= at; seen++)
        {
            value = seen is 50 or 60 || seen == at ? value - 1 : value + 1;
            counter.Observe(value, 100);
            counter.Learn(value);
        }

        counter.Counts.ShouldBe(counts);
    }
}
