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
