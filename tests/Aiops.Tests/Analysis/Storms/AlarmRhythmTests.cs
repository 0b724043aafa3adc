using Aiops.Analysis.Storms;

namespace Aiops.Tests.Analysis.Storms;

public class AlarmRhythmTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private readonly AlarmRhythm rhythm = new(Longest);

    [Fact]
    public void Nine_gaps_teach_nothing_and_the_tenth_does()
    {
        Observe(9, 5);
        rhythm.Window.ShouldBe(Longest);
        Observe(1, 5);
        rhythm.Window.ShouldBeLessThan(Longest);
    }

    [Fact]
    public void Silences_and_gaps_of_one_scrape_alone_teach_nothing()
    {
        for (var i = 0; i < 500; i++)
        {
            rhythm.Observe(null);
            rhythm.Observe(TimeSpan.FromSeconds(0.999));
        }

        rhythm.Window.ShouldBe(Longest);
    }

    [Fact]
    public void The_window_ends_between_the_gaps_within_incidents_and_those_between()
    {
        for (var i = 0; i < 50; i++)
        {
            Observe(10, 3);
            Observe(5, 10);
            Observe(1, 60);
            Observe(1, 900);
        }

        rhythm.Window.ShouldBeInRange(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(600));
    }

    [Fact]
    public void It_is_never_shorter_than_a_minute()
    {
        Observe(2_000, 1);
        Observe(200, 90);
        rhythm.Window.ShouldBe(AlarmRhythm.Shortest);
    }

    [Fact]
    public void A_slow_estate_keeps_a_long_window()
    {
        for (var i = 0; i < 30; i++)
        {
            Observe(3, 300);
            Observe(1, 600);
            rhythm.Observe(null);
        }

        rhythm.Window.ShouldBeGreaterThan(TimeSpan.FromMinutes(15));
    }

    [Fact]
    public void It_follows_an_estate_that_changes()
    {
        Observe(6_000, 300);
        var slow = rhythm.Window;
        for (var i = 0; i < 3_000; i++)
        {
            Observe(20, 4);
            Observe(1, 1_000);
        }

        rhythm.Window.ShouldBeLessThan(slow / 2);
    }

    [Fact]
    public void Restored_it_learns_at_the_same_alarms()
    {
        var random = new Random(4);
        for (var i = 0; i < 3_000; i++)
        {
            var gap = TimeSpan.FromSeconds(Math.Exp(2 + 1.5 * random.NextDouble() + (random.Next(20) == 0 ? 4 : 0)));
            rhythm.Observe(gap);
            var restored = AlarmRhythm.Restore(Longest, rhythm.Remember(new AlarmMemory()));
            restored.Window.ShouldBe(rhythm.Window);
            if (i % 500 == 0)
            {
                var copy = AlarmRhythm.Restore(Longest, rhythm.Remember(new AlarmMemory()));
                for (var j = 0; j < 100; j++)
                {
                    copy.Observe(TimeSpan.FromSeconds(7));
                }

                copy.Remember(new AlarmMemory()).Gaps.Sum().ShouldBe(rhythm.Remember(new AlarmMemory()).Gaps.Sum() + 100);
            }
        }
    }

    [Fact]
    public void A_memory_of_a_longer_window_is_cut()
    {
        var memory = new AlarmMemory { Window = TimeSpan.FromMinutes(20), Gaps = [.. Enumerable.Repeat(1, 40)] };
        AlarmRhythm.Restore(TimeSpan.FromMinutes(5), memory).Window.ShouldBe(TimeSpan.FromMinutes(5));
    }

    private void Observe(int times, double seconds)
    {
        for (var i = 0; i < times; i++)
        {
            rhythm.Observe(TimeSpan.FromSeconds(seconds));
        }
    }
}
