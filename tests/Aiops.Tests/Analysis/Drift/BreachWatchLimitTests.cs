using Aiops.Analysis.Drift;

namespace Aiops.Tests.Analysis.Drift;

/// <summary>A step is a minute, and holds one sample: what is foretold is known to the second.</summary>
public class BreachWatchLimitTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(100, 100.5)]    // The middle of the step in which it is reached.
    [InlineData(100.25, 100.75)] // Between two steps, as a straight line.
    [InlineData(19.001, 19.501)]
    public void A_straight_line_meets_its_limit_where_it_says(double limit, double minutes)
    {
        foreach (var sign in new[] { 1, -1 })
        {
            var forecast = After(20, Minutes(sign * limit) with { HarmsUpwards = sign > 0 }, minute => sign * minute)
                .ShouldBeOfType<BreachForecast.Foreseen>();
            (forecast.At - Start).TotalMinutes.ShouldBe(minutes, 1e-4);
            (forecast.Earliest, forecast.Latest).ShouldBe((forecast.At, forecast.At));
            forecast.Level.ShouldBe(sign * 19, 1e-9);
            forecast.ChangePerDay.ShouldBe(sign * 1_440, 1e-6);
            forecast.Since.ShouldBe(Start.AddSeconds(30));
            forecast.Significance.ShouldBeGreaterThan(3.2905);
        }
    }

    [Fact]
    public void At_its_limit_it_is_breached()
    {
        After(20, Minutes(19), minute => minute).ShouldBe(new BreachForecast.Breached(19));
        After(20, Minutes(-19) with { HarmsUpwards = false }, minute => -minute).ShouldBe(new BreachForecast.Breached(-19));
    }

    [Theory]
    [InlineData(81, true)]
    [InlineData(80, false)]
    public void The_horizons_last_step_is_told(int horizon, bool isForeseen)
        => (After(20, Minutes(100) with { Horizon = TimeSpan.FromMinutes(horizon) }, minute => minute) is BreachForecast.Foreseen)
            .ShouldBe(isForeseen);

    [Theory]
    [InlineData(new[] { 2.0, 1, 0, 5, 4, 3, 7, 6, 9, 8, 10, 11 }, true)]  // Eight pairs fall: (66 − 2·8 − 1)/√212.7 = 3.36.
    [InlineData(new[] { 2.0, 1, 0, 4, 3, 6, 5, 8, 7, 11, 10, 9 }, false)] // Nine: 3.22.
    public void A_trend_must_be_significant_at_one_in_two_thousand(double[] values, bool isForeseen)
    {
        var forecast = After(12, Minutes(20), minute => values[minute]);
        (forecast is BreachForecast.Foreseen).ShouldBe(isForeseen);
        (forecast == new BreachForecast.NotForeseen("no significant trend")).ShouldBe(!isForeseen);
    }

    [Fact]
    public void Where_it_may_stand_at_the_limit_already_the_breach_may_be_now()
    {
        double[] noise = [3, -3, 1, -2, 2, -1, 3, -3, 0, 2, -2, 1, -1, 3, -3, 2, -2, 1, -1, 0];
        var forecast = After(20, Minutes(22), minute => minute + noise[minute]).ShouldBeOfType<BreachForecast.Foreseen>();
        forecast.Earliest.ShouldBe(Start.AddMinutes(19.5));
        forecast.At.ShouldBeGreaterThan(forecast.Earliest);
        forecast.Latest!.Value.ShouldBeGreaterThan(forecast.At);
    }

    [Fact]
    public void The_peak_of_the_season_that_has_just_passed_is_no_breach_to_come()
    {
        var settings = Minutes(0) with { Season = TimeSpan.FromMinutes(18) };
        var first = (int)(18 - (Start.ToUnixTimeSeconds() / 60 % 18)); // The phase is counted from 1970: the 17th is the peak.
        double Level(int minute) => (0.1 * minute) + ((minute + 18 - first) % 18 == 17 ? 30 : 0);
        var peak = first + 53;
        var forecast = After(peak + 2, settings with { Limit = Level(peak) - 0.1 }, Level)
            .ShouldBeOfType<BreachForecast.Foreseen>();
        (forecast.At - Start).TotalMinutes.ShouldBe(peak + 17 + ((30 - 0.1 - 1.7) / 30.1) + 0.5, 0.01);
    }

    [Theory]
    [InlineData(54, false)]
    [InlineData(55, true)] // 18 steps to a season: the last is three seasons from the first.
    public void Three_seasons_must_be_known(int steps, bool isDecided)
    {
        var settings = Minutes(100) with { Season = TimeSpan.FromMinutes(18) };
        (After(steps, settings, minute => minute % 18) is not BreachForecast.Undecided).ShouldBe(isDecided);
    }

    [Theory]
    [InlineData(256, null, true)]
    [InlineData(255, null, false)]
    [InlineData(3_000, 1_000.0, true)]
    [InlineData(3_000, 1_001.0, false)]
    [InlineData(3_000, -1.0, false)]
    [InlineData(3_000, 0.0, true)]
    public void A_history_has_a_millisecond_for_each_step_and_three_seasons(double history, double? season, bool isTaken)
    {
        var settings = new BreachSettings(1)
        {
            History = TimeSpan.FromMilliseconds(history),
            Season = season is { } length ? TimeSpan.FromMilliseconds(length) : null,
        };
        var make = () => new BreachWatch(settings);
        if (isTaken)
        {
            make.ShouldNotThrow();
        }
        else
        {
            make.ShouldThrow<ArgumentOutOfRangeException>();
        }
    }

    [Fact]
    public void Samples_may_share_an_instant_and_begin_in_1970()
    {
        var watch = new BreachWatch(new BreachSettings(1));
        Should.Throw<ArgumentOutOfRangeException>(() => watch.Add(DateTimeOffset.UnixEpoch.AddMilliseconds(-1), 1));
        Should.NotThrow(() => watch.Add(DateTimeOffset.UnixEpoch, 1));
        Should.NotThrow(() => watch.Add(DateTimeOffset.UnixEpoch, 1));
    }

    private static BreachSettings Minutes(double limit)
        => new(limit) { History = TimeSpan.FromMinutes(256), Horizon = TimeSpan.FromDays(1) };

    private static BreachForecast After(int minutes, BreachSettings settings, Func<int, double> level)
    {
        var watch = new BreachWatch(settings);
        for (var minute = 0; minute < minutes; minute++)
        {
            watch.Add(Start.AddMinutes(minute), level(minute));
        }

        return watch.Forecast();
    }
}
