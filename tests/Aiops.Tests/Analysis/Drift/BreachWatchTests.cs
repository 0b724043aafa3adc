using Aiops.Analysis.Drift;
using Aiops.Tests.Analysis.ChangePoints;

namespace Aiops.Tests.Analysis.Drift;

public class BreachWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(5);

    [Fact]
    public void A_disk_that_fills_evenly_is_full_when_the_line_says()
    {
        var forecast = After(days: 5, new BreachSettings(100), day => 40 + (4 * day)).ShouldBeOfType<BreachForecast.Foreseen>();
        (forecast.At - Start).TotalDays.ShouldBe(15, 0.1);
        forecast.ChangePerDay.ShouldBe(4, 0.01);
        forecast.Level.ShouldBe(60, 0.3);
        (forecast.Latest!.Value - forecast.Earliest).TotalDays.ShouldBeLessThan(0.5);
    }

    [Fact]
    public void Nineteen_intervals_of_twenty_or_more_hold_the_breach_of_a_noisy_series()
    {
        const int Trials = 40;
        var held = Enumerable.Range(0, Trials).Count(seed =>
        {
            var noise = Noise.Normal(5_000, seed);
            var forecast = After(days: 4, new BreachSettings(100), day => 40 + (6 * day) + (3 * noise[Sample(day)]))
                .ShouldBeOfType<BreachForecast.Foreseen>();
            return (forecast.Earliest - Start).TotalDays <= 10 && !((forecast.Latest - Start)?.TotalDays < 10);
        });
        held.ShouldBeGreaterThanOrEqualTo((int)(0.9 * Trials));
    }

    [Fact]
    public void Space_that_shrinks_to_nothing_is_foreseen_downwards()
    {
        var forecast = After(days: 5, new BreachSettings(0) { HarmsUpwards = false }, day => 40 - (4 * day))
            .ShouldBeOfType<BreachForecast.Foreseen>();
        (forecast.At - Start).TotalDays.ShouldBe(10, 0.1);
        forecast.ChangePerDay.ShouldBe(-4, 0.01);
        forecast.Level.ShouldBe(20, 0.3);
    }

    [Fact]
    public void A_climb_that_began_lately_is_judged_from_where_it_began()
    {
        var noise = Noise.Normal(5_000, 1);
        var settings = new BreachSettings(100);
        var forecast = After(days: 12, settings, day => 40 + (10 * Math.Max(0, day - 10)) + (0.5 * noise[Sample(day)]))
            .ShouldBeOfType<BreachForecast.Foreseen>();
        (forecast.At - Start).TotalDays.ShouldBe(16, 0.7);
        (forecast.Since - Start).TotalDays.ShouldBeInRange(9, 11);
    }

    [Fact]
    public void A_trend_that_reaches_the_limit_after_the_horizon_is_not_foreseen()
    {
        After(days: 5, new BreachSettings(116), day => 40 + (4 * day))
            .ShouldBeOfType<BreachForecast.NotForeseen>().Reason.ShouldStartWith("not within");
        After(days: 5, new BreachSettings(115.5), day => 40 + (4 * day)).ShouldBeOfType<BreachForecast.Foreseen>();
    }

    [Fact]
    public void A_level_at_the_limit_is_breached_and_just_below_it_is_not()
    {
        After(days: 5, new BreachSettings(40), _ => 40).ShouldBe(new BreachForecast.Breached(40));
        After(days: 5, new BreachSettings(40.001), _ => 40).ShouldBeOfType<BreachForecast.NotForeseen>();
        After(days: 5, new BreachSettings(40) { HarmsUpwards = false }, _ => 39).ShouldBe(new BreachForecast.Breached(39));
    }

    [Fact]
    public void A_trend_away_from_the_limit_foretells_nothing()
        => After(days: 5, new BreachSettings(100), day => 60 - day)
            .ShouldBe(new BreachForecast.NotForeseen("it moves away from the limit"));

    [Fact]
    public void Noise_about_a_level_foretells_nothing_nor_does_a_random_walk_often()
    {
        const int Trials = 25;
        var (white, walk) = (0, 0);
        for (var seed = 0; seed < Trials; seed++)
        {
            var noise = Noise.Normal(5_000, seed);
            var sum = 0.0;
            double[] walked = [.. noise.Select(value => sum += value)];
            white += After(days: 6, new BreachSettings(45), day => 40 + noise[Sample(day)]) is BreachForecast.Foreseen ? 1 : 0;
            walk += After(days: 6, new BreachSettings(300), day => walked[Sample(day)]) is BreachForecast.Foreseen ? 1 : 0;
        }

        white.ShouldBe(0);
        walk.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void A_day_and_night_pattern_without_trend_foretells_nothing()
        => After(days: 12, Daily(75), day => 50 + (20 * Math.Sin(2 * Math.PI * day)))
            .ShouldBeOfType<BreachForecast.NotForeseen>();

    [Fact]
    public void Under_a_daily_pattern_the_limit_is_met_at_the_hour_of_its_peak()
    {
        var noise = Noise.Normal(5_000, 2);
        var forecast = After(days: 12, Daily(90), day => 40 + (2 * day) + (20 * Math.Sin(2 * Math.PI * day)) + noise[Sample(day)])
            .ShouldBeOfType<BreachForecast.Foreseen>();
        forecast.ChangePerDay.ShouldBe(2, 0.2);
        (forecast.At - Start).TotalDays.ShouldBeInRange(14.0, 15.4); // The peak of day 15 is the first to exceed 90.
    }

    [Fact]
    public void Spikes_neither_breach_nor_bend_the_trend()
    {
        var forecast = After(days: 5, new BreachSettings(100), day => Sample(day) % 9 == 0 ? 500 : 40 + (4 * day))
            .ShouldBeOfType<BreachForecast.Foreseen>();
        (forecast.At - Start).TotalDays.ShouldBe(15, 0.2);
    }

    [Fact]
    public void Eleven_steps_are_too_few_and_twelve_are_not()
    {
        var settings = new BreachSettings(100) { History = TimeSpan.FromMinutes(256), Horizon = TimeSpan.FromHours(4) };
        var watch = new BreachWatch(settings);
        for (var minute = 0; minute < 11; minute++)
        {
            watch.Add(Start.AddMinutes(minute), minute);
        }

        watch.Forecast().ShouldBeOfType<BreachForecast.Undecided>();
        watch.Add(Start.AddMinutes(11), 11);
        watch.Forecast().ShouldBeOfType<BreachForecast.Foreseen>();
    }

    [Fact]
    public void What_was_before_the_history_is_forgotten()
    {
        var settings = new BreachSettings(1_000) { History = TimeSpan.FromMinutes(256), Horizon = TimeSpan.FromDays(1) };
        var watch = new BreachWatch(settings);
        for (var minute = 0; minute < 300; minute++)
        {
            watch.Add(Start.AddMinutes(minute), minute);
        }

        watch.Add(Start.AddDays(2), 1);
        watch.Forecast().ShouldBeOfType<BreachForecast.Undecided>();
    }

    [Fact]
    public void Impossible_settings_and_samples_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new BreachWatch(new BreachSettings(double.NaN)));
        Should.Throw<ArgumentOutOfRangeException>(() => new BreachWatch(Daily(1) with { History = TimeSpan.FromDays(2) }));
        Should.Throw<ArgumentOutOfRangeException>(() => new BreachWatch(new BreachSettings(1) { History = TimeSpan.Zero }));
        var watch = new BreachWatch(new BreachSettings(1));
        watch.Forecast().ShouldBeOfType<BreachForecast.Undecided>();
        watch.Add(Start, 1);
        Should.Throw<ArgumentOutOfRangeException>(() => watch.Add(Start.AddSeconds(-1), 1));
        Should.Throw<ArgumentOutOfRangeException>(() => watch.Add(Start, double.PositiveInfinity));
    }

    private static int Sample(double day) => (int)(day * 288);

    private static BreachSettings Daily(double limit) => new(limit) { Season = TimeSpan.FromDays(1) };

    private static BreachForecast After(double days, BreachSettings settings, Func<double, double> level)
    {
        var watch = new BreachWatch(settings);
        for (var at = TimeSpan.Zero; at.TotalDays < days; at += Pace)
        {
            watch.Add(Start + at, level(at.TotalDays));
        }

        return watch.Forecast();
    }
}
