using Aiops.Analysis.Anomalies.Streaming;

namespace Aiops.Tests.Analysis.Anomalies.Streaming;

public class SeasonalProfileTests
{
    private static readonly long Minute = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;

    [Fact]
    public void It_promises_nothing_in_its_first_period_and_the_same_deviation_in_the_next()
    {
        var profile = new SeasonalProfile(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
        for (var i = 0; i < 60; i++)
        {
            profile.MoveTo(i * Minute);
            profile.Promises.ShouldBeFalse();
            profile.Learn(i);
        }

        profile.MoveTo(67 * Minute);
        profile.Promises.ShouldBeTrue();
        profile.Promise.ShouldBe(7);
    }

    [Fact]
    public void A_wave_is_explained_and_noise_is_not()
    {
        var random = new Random(1);
        UnexplainedBy(i => Math.Sin(2 * Math.PI * i / 60)).ShouldBeLessThan(0.05);
        UnexplainedBy(_ => random.NextDouble() - 0.5).ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void Moments_before_1970_have_a_phase_too()
    {
        var profile = new SeasonalProfile(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
        profile.MoveTo(-Minute);
        profile.Learn(3);
        profile.MoveTo(59 * Minute);
        profile.Promise.ShouldBe(3);
    }

    [Fact]
    public void What_was_never_tried_explains_nothing()
        => new SeasonalProfile(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)).Unexplained.ShouldBe(1);

    [Fact]
    public void A_phase_never_seen_promises_nothing_nor_does_one_seen_twice_in_the_first_period()
    {
        var profile = new SeasonalProfile(TimeSpan.FromHours(1), TimeSpan.FromMinutes(15));
        profile.MoveTo(0);
        profile.Learn(5);
        profile.MoveTo(Minute);
        (profile.Promises, profile.Promise).ShouldBe((false, 0));
        profile.MoveTo(60 * Minute);
        (profile.Promises, profile.Promise).ShouldBe((true, 5));
        profile.MoveTo(80 * Minute);
        (profile.Promises, profile.Promise).ShouldBe((false, 0));
    }

    [Theory]
    [InlineData(99, 0.9, 1)]
    [InlineData(100, 0.0833, 0.0834)] // 9 mean squares of 100 points: 0.09 over 1.08.
    public void From_the_hundredth_trial_on_one_error_is_cut_at_nine_mean_squares(int at, double low, double high)
    {
        var profile = new SeasonalProfile(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(1));
        for (var i = 0; profile.Tried < at; i++)
        {
            profile.MoveTo(i * Minute);
            profile.Learn(profile.Tried == at - 1 ? 1_000 : i % 2 == 0 ? 1 : -1);
        }

        profile.Unexplained.ShouldBeInRange(low, high);
    }

    private static double UnexplainedBy(Func<int, double> deviation)
    {
        var profile = new SeasonalProfile(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));
        for (var i = 0; i < 1_000; i++)
        {
            profile.MoveTo(i * Minute);
            profile.Learn(deviation(i));
        }

        return profile.Unexplained;
    }
}
