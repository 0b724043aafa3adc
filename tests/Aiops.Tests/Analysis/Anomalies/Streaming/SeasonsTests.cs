using Aiops.Analysis.Anomalies.Streaming;
using Aiops.Tests.Analysis.ChangePoints;

namespace Aiops.Tests.Analysis.Anomalies.Streaming;

public class SeasonsTests
{
    private const double Limit = 0.65;
    private static readonly long Minute = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;

    [Fact]
    public void A_season_is_used_from_96_trials_on_below_its_limit_and_given_up_a_fifth_above_it()
    {
        var (seasons, hour) = (new Seasons(Limit), Profile(1));
        var noise = Noise.Normal(1_300, seed: 5);
        var (used, begun, ended, between) = (false, 0, 0, 0);
        for (var i = 0; i < noise.Length; i++) // Not a day: only the hour can be told.
        {
            hour.MoveTo(i * Minute);
            var changed = seasons.MoveTo(i * Minute);
            var now = hour.Promises && hour.Tried >= 96 && hour.Unexplained < (used ? 1.2 * Limit : Limit);
            changed.ShouldBe(now != used, $"minute {i}");
            begun += now && !used ? 1 : 0;
            ended += used && !now ? 1 : 0;
            used = now;
            between += used && hour.Unexplained > Limit ? 1 : 0;
            (seasons.Promise, seasons.Unexplained).ShouldBe(used ? (hour.Promise, hour.Unexplained) : (0, 1));
            var deviation = i < 300 ? Math.Sin(2 * Math.PI * i / 60) + (0.1 * noise[i]) : 2 * noise[i]; // A wave, and then none.
            hour.Learn(deviation);
            seasons.Learn(deviation);
        }

        (begun, ended).ShouldBe((1, 1));
        between.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_season_is_tried_96_times_before_it_is_used()
    {
        var (seasons, first) = (new Seasons(Limit), 0);
        for (var i = 0; first == 0; i++)
        {
            first = seasons.MoveTo(i * Minute) ? i : 0;
            seasons.Learn(i % 60 < 30 ? 1 : -1);
        }

        first.ShouldBe(60 + 96);
    }

    [Theory]
    [InlineData(0.35, 1)] // The day explains a little more than the hour, but not by a fifth.
    [InlineData(0.9, 24)]
    public void The_season_in_use_gives_way_to_one_that_is_better_by_a_fifth(double daily, int hoursUsed)
    {
        var seasons = new Seasons(Limit);
        var (hour, day) = (Profile(1), Profile(24));
        var noise = Noise.Normal(20 * 288, seed: 6);
        for (var i = 0; i < noise.Length; i++)
        {
            foreach (var profile in new[] { hour, day })
            {
                profile.MoveTo(i * 5 * Minute);
            }

            seasons.MoveTo(i * 5 * Minute);
            var deviation = (i % 12 < 6 ? 1 : -1) + (i % 288 < 144 ? daily : -daily) + noise[i];
            hour.Learn(deviation);
            day.Learn(deviation);
            seasons.Learn(deviation);
        }

        day.Unexplained.ShouldBeLessThan(hour.Unexplained, "else there is nothing to choose");
        var used = hoursUsed == 1 ? hour : day;
        var at = noise.Length * 5 * Minute;
        used.MoveTo(at);
        seasons.MoveTo(at);
        seasons.Promise.ShouldBe(used.Promise);
    }

    private static SeasonalProfile Profile(int hours)
        => new(TimeSpan.FromHours(hours), TimeSpan.FromMinutes(hours == 1 ? 1 : 15));
}
