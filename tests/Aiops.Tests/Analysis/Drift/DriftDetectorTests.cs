using Aiops.Analysis.Drift;
using Aiops.Analysis.Telemetry;
using Aiops.Tests.Analysis.ChangePoints;

namespace Aiops.Tests.Analysis.Drift;

public class DriftDetectorTests
{
    private static readonly DriftSettings Latency = new() { Kind = SignalKind.Latency, Unit = "ms" };

    [Fact]
    public void A_series_never_seen_before_is_undecided()
        => Watch(Noisy(19)).ShouldAllBe(verdict => verdict is DriftVerdict.Undecided);

    [Fact]
    public void Twenty_measurements_about_one_level_are_stable()
        => Watch(Noisy(20))[^1].ShouldBeOfType<DriftVerdict.Stable>().Level.ShouldBe(100, 2);

    [Fact]
    public void A_jump_is_raised_once_and_named_by_its_deployment()
    {
        var detector = new DriftDetector(Latency);
        detector.Deploy(new Deployment(0, "1.0"));
        var verdicts = new List<DriftVerdict>();
        var values = Noisy(160, i => i >= 100 ? 20 : 0);
        for (var i = 0; i < values.Length; i++)
        {
            if (i % 50 == 0)
            {
                detector.Deploy(new Deployment(i, $"1.{i / 50}"));
            }

            verdicts.Add(detector.Add(new Measurement(i, values[i])));
        }

        var raised = verdicts.OfType<DriftVerdict.Regression>().Single(verdict => verdict.IsNew).Shift;
        (raised.Onset, raised.Since!.Name).ShouldBe((100, "1.2"));
        raised.Latest.ShouldBeInRange(100, 102);
        raised.Earliest.ShouldBeInRange(95, 100);
        raised.Suspects[^1].ShouldBe(raised.Since);
        raised.Before.ShouldBe(100, 1);
        raised.After.ShouldBe(120, 4);
        verdicts.FindIndex(verdict => verdict is DriftVerdict.Regression).ShouldBe(111); // One build alone is believed after 12.
        verdicts[^1].ShouldBeOfType<DriftVerdict.Regression>().IsNew.ShouldBeFalse();
    }

    [Fact]
    public void Without_deployments_four_measurements_far_out_are_enough_and_three_are_not()
    {
        var verdicts = Watch(Noisy(104, i => i >= 100 ? 20 : 0));
        verdicts[102].ShouldBeOfType<DriftVerdict.Spike>();
        verdicts[103].ShouldBeOfType<DriftVerdict.Regression>().IsNew.ShouldBeTrue();
    }

    [Fact]
    public void A_climb_by_a_twentieth_of_the_noise_at_each_measurement_is_found_within_sixty_and_once()
    {
        var verdicts = Watch(Noisy(400, i => 0.1 * Math.Max(0, i - 199)));
        var at = verdicts.FindIndex(verdict => verdict is DriftVerdict.Regression);
        at.ShouldBeInRange(210, 260);
        var shift = ((DriftVerdict.Regression)verdicts[at]).Shift;
        shift.IsGradual.ShouldBeTrue();
        shift.Earliest.ShouldBeLessThanOrEqualTo(200);
        shift.Latest.ShouldBeGreaterThanOrEqualTo(200);
        verdicts.OfType<DriftVerdict.Regression>().Count(verdict => verdict.IsNew).ShouldBe(1, "a climb is one regression");
    }

    [Fact]
    public void A_fall_of_a_latency_is_no_regression_but_it_is_told()
    {
        var detector = new DriftDetector(Latency);
        var verdicts = Watch(Noisy(200, i => i >= 100 ? -20 : 0), detector);
        verdicts.ShouldNotContain(verdict => verdict is DriftVerdict.Regression);
        detector.LastShift!.Deviations.ShouldBeLessThan(0);
        verdicts[^1].ShouldBeOfType<DriftVerdict.Stable>().Level.ShouldBe(80, 1);
    }

    [Fact]
    public void A_fall_of_an_availability_is_a_regression()
    {
        var detector = new DriftDetector(new DriftSettings { Kind = SignalKind.Availability, Unit = "%" });
        Watch(Noisy(200, i => i >= 100 ? -20 : 0), detector)[^1].ShouldBeOfType<DriftVerdict.Regression>();
    }

    [Fact]
    public void A_level_that_returns_ends_the_regression()
    {
        var verdicts = Watch(Noisy(260, i => i is >= 100 and < 180 ? 20 : 0));
        verdicts[179].ShouldBeOfType<DriftVerdict.Regression>();
        verdicts[190].ShouldBeOfType<DriftVerdict.Stable>();
        verdicts.OfType<DriftVerdict.Regression>().Count(verdict => verdict.IsNew).ShouldBe(1);
    }

    [Fact]
    public void After_a_return_the_next_regression_is_found_against_the_old_pattern()
    {
        var verdicts = Watch(Noisy(300, i => i is (>= 100 and < 180) or >= 250 ? 20 : 0));
        verdicts.OfType<DriftVerdict.Regression>().Where(verdict => verdict.IsNew)
            .Select(verdict => verdict.Shift.Onset).ShouldBe([100L, 250L]);
    }

    [Fact]
    public void An_accepted_regression_is_over()
    {
        var detector = new DriftDetector(Latency);
        Watch(Noisy(160, i => i >= 100 ? 20 : 0), detector)[^1].ShouldBeOfType<DriftVerdict.Regression>();
        detector.Accept();
        detector.Add(new Measurement(160, 120)).ShouldBeOfType<DriftVerdict.Stable>().Level.ShouldBe(120, 2);
    }

    [Fact]
    public void A_second_jump_long_after_the_first_is_raised_too()
        => Watch(Noisy(500, i => i >= 350 ? 40 : i >= 100 ? 20 : 0)).OfType<DriftVerdict.Regression>()
            .Where(verdict => verdict.IsNew).Select(verdict => verdict.Shift.Onset).ShouldBe([100L, 350L]);

    [Fact]
    public void Single_measurements_far_out_are_spikes_and_no_regression()
    {
        var verdicts = Watch(Noisy(300, i => i % 40 == 39 ? 40 : 0));
        verdicts[39].ShouldBeOfType<DriftVerdict.Spike>().IsNewest.ShouldBeTrue();
        verdicts[^1].ShouldBeOfType<DriftVerdict.Spike>().Last.Position.ShouldBe(279);
        verdicts.ShouldNotContain(verdict => verdict is DriftVerdict.Regression);
    }

    [Fact]
    public void Wide_scatter_about_one_level_is_high_deviation()
        => Watch([.. Noise.Normal(200, 4).Select(value => 100 + (10 * value))])[^1]
            .ShouldBeOfType<DriftVerdict.HighDeviation>().RelativeSpread.ShouldBe(0.1, 0.03);

    [Fact]
    public void Errors_that_hardly_ever_happen_are_stable()
    {
        var detector = new DriftDetector(new DriftSettings { Kind = SignalKind.Errors });
        Watch([.. Enumerable.Range(0, 100).Select(i => i == 30 ? 1.0 : 0)], detector)[^1].ShouldBe(new DriftVerdict.Stable(0));
    }

    [Fact]
    public void Builds_with_levels_of_their_own_are_build_dependent_and_no_regression()
    {
        var detector = new DriftDetector(Latency);
        var ofBuild = Noise.Normal(100, seed: 8);
        var noise = Noise.Normal(400, seed: 9);
        var verdicts = new List<DriftVerdict>();
        for (var i = 0; i < 400; i++)
        {
            if (i % 4 == 0)
            {
                detector.Deploy(new Deployment(i, $"build {i / 4}"));
            }

            verdicts.Add(detector.Add(new Measurement(i, 100 + (6 * ofBuild[i / 4]) + (2 * noise[i]))));
        }

        verdicts[^1].ShouldBeOfType<DriftVerdict.BuildDependent>().Share.ShouldBe(0.9, 0.1);
        verdicts.ShouldNotContain(verdict => verdict is DriftVerdict.Regression);
    }

    [Fact]
    public void Autocorrelated_noise_is_not_build_dependent()
    {
        var detector = new DriftDetector(Latency);
        var noise = Noise.Autoregressive(600, 0.6, seed: 2);
        for (var i = 0; i < noise.Length; i++)
        {
            if (i % 3 == 0)
            {
                detector.Deploy(new Deployment(i, $"build {i / 3}"));
            }

            detector.Add(new Measurement(i, 100 + noise[i])).ShouldNotBeOfType<DriftVerdict.BuildDependent>();
        }
    }

    [Fact]
    public void A_rise_of_less_than_two_per_cent_interests_nobody()
        => Watch([.. Noise.Normal(600, 6).Select((value, i) => 1_000 + value + (i >= 300 ? 15 : 0))])
            .ShouldNotContain(verdict => verdict is DriftVerdict.Regression);

    [Fact]
    public void A_flat_line_that_steps_up_is_a_regression()
        => Watch([.. Enumerable.Range(0, 60).Select(i => i < 50 ? 7.0 : 9.0)])[^1].ShouldBeOfType<DriftVerdict.Regression>();

    [Fact]
    public void A_step_in_the_twentieth_thousand_is_found_with_what_is_kept()
    {
        var verdicts = Watch(Noisy(20_100, i => i >= 20_000 ? 8 : 0));
        verdicts.OfType<DriftVerdict.Regression>().First(verdict => verdict.IsNew).Shift.Onset.ShouldBeInRange(19_997, 20_003);
    }

    [Fact]
    public void Shifting_a_gauge_and_scaling_it_leaves_every_verdict()
    {
        var gauge = new DriftSettings { Kind = SignalKind.Other, LeastRelativeRise = 0, HighRelativeSpread = 10 };
        var values = Noisy(300, i => i >= 200 ? 6 : 0);
        var plain = Watch(values, new DriftDetector(gauge));
        var moved = Watch(Array.ConvertAll(values, value => (16 * value) + 4_096), new DriftDetector(gauge));
        moved.Select(verdict => verdict.GetType()).ShouldBe(plain.Select(verdict => verdict.GetType()));
        plain.ShouldContain(verdict => verdict is DriftVerdict.Regression);
    }

    [Fact]
    public void What_comes_too_late_or_is_no_number_is_refused()
    {
        var detector = new DriftDetector(Latency);
        detector.Add(new Measurement(5, 1));
        detector.Deploy(new Deployment(7, "b"));
        Should.Throw<ArgumentOutOfRangeException>(() => detector.Add(new Measurement(4, 1)));
        Should.Throw<ArgumentOutOfRangeException>(() => detector.Add(new Measurement(6, double.NaN)));
        Should.Throw<ArgumentOutOfRangeException>(() => detector.Deploy(new Deployment(6, "a")));
        Should.Throw<ArgumentOutOfRangeException>(() => new DriftDetector(Latency with { MeasurementsPerFalseAlarm = 99 }));
    }

    private static List<DriftVerdict> Watch(double[] values, DriftDetector? detector = null)
    {
        detector ??= new DriftDetector(Latency);
        return [.. values.Select((value, i) => detector.Add(new Measurement(i, value)))];
    }

    /// <summary>About 100, with a deviation of 2.</summary>
    private static double[] Noisy(int count, Func<int, double>? rise = null)
        => [.. Noise.Normal(count, seed: 1).Select((value, i) => 100 + (2 * value) + (rise?.Invoke(i) ?? 0))];
}
