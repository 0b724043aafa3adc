using Aiops.Analysis.Drift;
using Aiops.Analysis.Telemetry;

namespace Aiops.Tests.Analysis.Drift;

/// <summary>
/// The verdicts' limits, at and past each: a gauge that goes up and down by one has its level for median and a spread of 1.4826.
/// </summary>
public class DriftLimitTests
{
    private const double Spread = 1.4826;
    private static readonly DriftSettings Gauge = new() { Kind = SignalKind.Other };

    [Theory]
    [InlineData(5.0001, true)]
    [InlineData(4.9999, false)]
    [InlineData(-5.0001, true)]
    [InlineData(-4.9999, false)]
    public void Five_deviations_out_are_a_spike(double deviations, bool isSpike)
    {
        var verdict = Watch([.. Level(100, 40), 100 + (deviations * Spread)])[^1];
        (verdict is DriftVerdict.Spike).ShouldBe(isSpike);
        if (verdict is DriftVerdict.Spike spike)
        {
            (spike.Last.Position, spike.IsNewest).ShouldBe((40, true));
            spike.Deviations.ShouldBe(deviations, 1e-9);
        }
    }

    [Fact]
    public void Two_spikes_are_told_of_afterwards_and_one_is_not()
    {
        Watch([.. Level(100, 40), 110, .. Level(100, 20)])[^1].ShouldBeOfType<DriftVerdict.Stable>();
        var told = Watch([.. Level(100, 40), 110, .. Level(100, 20), 90, .. Level(100, 20)])[^1]
            .ShouldBeOfType<DriftVerdict.Spike>();
        (told.Last, told.IsNewest).ShouldBe((new Measurement(61, 90), false));
        told.Deviations.ShouldBeLessThan(-5);
    }

    [Theory]
    [InlineData(511, true)]
    [InlineData(512, false)]
    public void Spikes_are_told_of_for_512_measurements(int since, bool isTold)
    {
        var verdicts = Watch([.. Level(100, 280), 112, 88, .. Level(100, 600)]);
        (verdicts[280 + since] is DriftVerdict.Spike).ShouldBe(isTold); // The first of two is then forgotten.
    }

    [Theory]
    [InlineData(29.6, true)] // 1.4826 / 29.6 = 5.01 %
    [InlineData(29.7, false)]
    [InlineData(-29.6, true)]
    [InlineData(-29.7, false)]
    [InlineData(0, false)]   // About zero there is no share to speak of.
    public void A_spread_of_a_twentieth_of_the_level_is_high(double level, bool isHigh)
        => (Watch(Level(level, 40))[^1] is DriftVerdict.HighDeviation).ShouldBe(isHigh);

    [Fact]
    public void A_spread_just_as_high_as_is_set_is_high()
    {
        var usual = Watch(Level(100, 40), Gauge with { HighRelativeSpread = Spread / 100 })[^1];
        usual.ShouldBe(new DriftVerdict.HighDeviation(Spread / 100));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(99.99, false)]
    [InlineData(double.NaN, false)]
    public void A_hundred_measurements_for_a_false_alarm_are_the_fewest(double measurements, bool isTaken)
    {
        var make = () => new DriftDetector(Gauge with { MeasurementsPerFalseAlarm = measurements });
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
    public void Measurements_may_share_a_position()
    {
        var detector = new DriftDetector(Gauge);
        detector.Add(new Measurement(5, 1));
        Should.NotThrow(() => detector.Add(new Measurement(5, 1)));
        detector.Deploy(new Deployment(5, "a"));
        Should.NotThrow(() => detector.Deploy(new Deployment(5, "b")));
    }

    [Fact]
    public void A_rise_smaller_than_is_set_is_of_no_interest_however_certain()
    {
        // A window of five holds one more of the upper samples, by chance: 0.13 deviations.
        double[] Stepped(double rise) => [.. Level(100, 400), .. Level(100 + (rise * Spread), 400)];
        var any = Gauge with { LeastRelativeRise = 0 };
        Watch(Stepped(0.52), any).ShouldContain(verdict => verdict is DriftVerdict.Regression);
        Watch(Stepped(0.36), any).ShouldNotContain(verdict => verdict is DriftVerdict.Regression);

        // Two per cent of 100 are 1.35 deviations.
        Watch(Stepped(1.40)).ShouldContain(verdict => verdict is DriftVerdict.Regression);
        Watch(Stepped(1.20)).ShouldNotContain(verdict => verdict is DriftVerdict.Regression);
    }

    [Fact]
    public void Four_measurements_are_held_against_twenty_before_them()
    {
        var verdicts = Watch([.. Level(100, 20), 115, 115, 115, 115]);
        verdicts[22].ShouldNotBeOfType<DriftVerdict.Regression>();
        verdicts[23].ShouldBeOfType<DriftVerdict.Regression>().Shift.Onset.ShouldBe(20);
    }

    [Fact]
    public void A_regression_begins_no_later_than_its_fourth_measurement_from_the_end()
    {
        // The last three alone fit a jump better.
        double[] values = [.. Level(100, 40), 100 + (1.2 * Spread), 115, 115, 115];
        var shift = Watch(values)[^1].ShouldBeOfType<DriftVerdict.Regression>().Shift;
        shift.Latest.ShouldBe(40);
        shift.Onset.ShouldBeLessThanOrEqualTo(40);
    }

    [Fact]
    public void A_further_rise_soon_after_moves_the_regression_on()
    {
        var last = Watch([.. Level(100, 100), .. Level(120, 40), .. Level(140, 60)])[^1]
            .ShouldBeOfType<DriftVerdict.Regression>().Shift;
        (last.Onset, last.Before, last.After).ShouldBe((100, 100, 140));
    }

    [Fact]
    public void After_two_regressions_the_level_before_the_first_is_the_one_to_return_to()
        => Watch([.. Level(100, 100), .. Level(120, 250), .. Level(140, 50), .. Level(100, 40)])[^1]
            .ShouldBe(new DriftVerdict.Stable(100));

    [Fact]
    public void What_showed_a_regression_is_no_part_of_the_pattern_before_it()
    {
        var verdicts = Watch([.. Level(100, 20), .. Level(120, 40), .. Level(100, 40), .. Level(120, 20)]);
        verdicts[95].ShouldBeOfType<DriftVerdict.Stable>();
        var again = verdicts[^1].ShouldBeOfType<DriftVerdict.Regression>().Shift;
        (again.Onset, again.Before).ShouldBe((100, 100));
    }

    [Fact]
    public void The_measurement_that_shows_the_return_is_no_spike()
        => Watch([.. Level(100, 100), .. Level(120, 80), .. Level(100, 40)]).Skip(180)
            .First(verdict => verdict is not DriftVerdict.Regression).ShouldBeOfType<DriftVerdict.Stable>();

    [Fact]
    public void Within_one_build_a_return_is_believed_once_the_last_eight_show_it()
    {
        var detector = new DriftDetector(Gauge);
        detector.Deploy(new Deployment(0, "only"));
        double[] values = [.. Level(100, 100), .. Level(120, 80), .. Level(100, 40)];
        var verdicts = values.Select((value, i) => detector.Add(new Measurement(i, value))).ToList();
        verdicts.FindIndex(180, verdict => verdict is not DriftVerdict.Regression).ShouldBe(186); // Seven of them are back.
    }

    [Theory]
    [InlineData(SignalKind.Latency, true, false)]
    [InlineData(SignalKind.Errors, true, false)]
    [InlineData(SignalKind.Saturation, true, false)]
    [InlineData(SignalKind.Availability, false, true)]
    [InlineData(SignalKind.Traffic, true, true)]
    [InlineData(SignalKind.Other, true, true)]
    public void Each_kind_has_its_directions_of_harm(SignalKind kind, bool up, bool down)
    {
        var settings = new DriftSettings { Kind = kind };
        (settings.Harms(upwards: true), settings.Harms(upwards: false)).ShouldBe((up, down));
    }

    [Fact]
    public void The_threshold_is_the_theorems()
    {
        // By numerical integration of [Siegmund1995], apart from this code.
        FalseAlarms.MeasurementsBetween(3, 4, 1_024).ShouldBe(198.0713607, 1e-6);
        FalseAlarms.MeasurementsBetween(4, 4, 1_024).ShouldBe(3_808.709354, 1e-5);
        FalseAlarms.ThresholdFor(20_000, 4, 1_024).ShouldBe(4.435282488, 1e-8);
    }

    private static double[] Level(double level, int count)
        => [.. Enumerable.Range(0, count).Select(i => level + (i % 2 == 0 ? -1 : 1))];

    private static List<DriftVerdict> Watch(double[] values, DriftSettings? settings = null)
    {
        var detector = new DriftDetector(settings ?? Gauge);
        return [.. values.Select((value, i) => detector.Add(new Measurement(i, value)))];
    }
}
