using Aiops.Analysis;
using Aiops.Analysis.Anomalies;
using Aiops.Analysis.Telemetry;

namespace Aiops.Tests.Analysis;

public class RobustZScoreDetectorTests
{
    private static readonly DateTimeOffset Minute20 = Samples.Incident.Start.AddMinutes(20);

    [Fact]
    public void A_metric_never_seen_before_is_undecided()
        => Judge(Samples.Noise(1) with { UnixMilliseconds = [Minute20.ToUnixTimeMilliseconds()], Values = [7] })
            .ShouldBeOfType<SeriesVerdict.Undecided>();

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void Ten_samples_of_history_are_enough_and_nine_are_not(int history, bool undecided)
    {
        var whole = Samples.Noise(1, step: 100);
        var kept = whole.UnixMilliseconds.Index().Where(s => s.Index < history || s.Index >= 480).ToList();
        var verdict = Judge(whole with { UnixMilliseconds = [.. kept.Select(s => s.Item)], Values = [.. kept.Select(s => whole.Values[s.Index])] });
        (verdict is SeriesVerdict.Undecided).ShouldBe(undecided);
    }

    [Fact]
    public void A_series_without_a_sample_during_the_incident_is_undecided()
    {
        var whole = Samples.Noise(1);
        Judge(whole with { UnixMilliseconds = whole.UnixMilliseconds[..480], Values = whole.Values[..480] })
            .ShouldBeOfType<SeriesVerdict.Undecided>();
    }

    [Fact]
    public void The_onset_of_a_step_is_found_to_the_sample()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var departure = Departure(Samples.Noise(seed, step: 60));
            departure.Onset.ShouldBe(Minute20, $"seed {seed}");
            departure.Deviations.ShouldBe(12, 3, $"seed {seed}");
        }
    }

    [Fact]
    public void The_onset_of_a_small_step_is_found_within_two_samples_nine_times_in_ten()
    {
        var near = Enumerable.Range(0, 100).Count(seed => (Departure(Samples.Noise(seed, step: 20)).Onset - Minute20).Duration() <= TimeSpan.FromMinutes(2));
        near.ShouldBeGreaterThanOrEqualTo(90);
    }

    [Fact]
    public void Noise_departs_hardly_ever()
        => Enumerable.Range(0, 500).Count(seed => Judge(Samples.Noise(seed)) is SeriesVerdict.Departed).ShouldBeLessThanOrEqualTo(5);

    [Fact]
    public void Shifting_and_scaling_a_gauge_leaves_the_verdict()
    {
        foreach (var (seed, factor, shift) in new[] { (1, 0.001, 0.0), (2, 1e6, -1e6), (3, 1.0, 12345.0), (4, 7.0, 3.0) })
        {
            var series = Samples.Noise(seed, kind: SignalKind.Other, step: 40);
            var moved = series with { Values = Array.ConvertAll(series.Values, value => (factor * value) + shift) };
            var (one, other) = (Departure(series), Departure(moved));
            other.Onset.ShouldBe(one.Onset);
            other.Strength.ShouldBe(one.Strength, 1e-6 * one.Strength);
        }
    }

    [Theory]
    [InlineData(SignalKind.Latency, -60, false)]
    [InlineData(SignalKind.Errors, -60, false)]
    [InlineData(SignalKind.Saturation, -60, false)]
    [InlineData(SignalKind.Availability, 60, false)]
    [InlineData(SignalKind.Availability, -60, true)]
    [InlineData(SignalKind.Traffic, -60, true)]
    [InlineData(SignalKind.Traffic, 60, true)]
    public void Only_a_direction_that_harms_departs(SignalKind kind, double step, bool departs)
        => (Judge(Samples.Noise(5, kind: kind, step: step)) is SeriesVerdict.Departed).ShouldBe(departs);

    [Fact]
    public void A_flat_line_that_moves_departs_by_a_finite_score()
    {
        var departure = Departure(Samples.Flat(0, 8));
        departure.Strength.ShouldBeInRange(RobustZScoreDetector.Threshold, 1e4);
        departure.Onset.ShouldBe(Minute20);
    }

    [Fact]
    public void A_single_error_where_there_were_none_is_chance_and_fifty_are_not()
    {
        Judge(Samples.Flat(0, 1, onset: 59, SignalKind.Errors)).ShouldBeOfType<SeriesVerdict.Usual>();
        Judge(Samples.Flat(0, 50, onset: 59, SignalKind.Errors)).ShouldBeOfType<SeriesVerdict.Departed>();
    }

    [Fact]
    public void An_availability_that_loses_a_tenth_of_a_point_is_usual()
    {
        Judge(Samples.Flat(100, 99.9, kind: SignalKind.Availability, unit: "%")).ShouldBeOfType<SeriesVerdict.Usual>();
        Judge(Samples.Flat(100, 90, kind: SignalKind.Availability, unit: "%")).ShouldBeOfType<SeriesVerdict.Departed>();
    }

    [Fact]
    public void A_former_incident_in_the_baseline_hides_no_new_one()
    {
        var series = Samples.Noise(3, step: 60);
        for (var i = 100; i < 104; i++)
        {
            series.Values[i] += 60;
        }

        Judge(series).ShouldBeOfType<SeriesVerdict.Departed>();
    }

    [Fact]
    public void What_the_baseline_does_every_hour_is_usual()
    {
        var series = Samples.Noise(3);
        for (var i = 0; i < series.Values.Length; i++)
        {
            series.Values[i] += i % 60 < 5 ? 60 : 0;
        }

        Judge(series).ShouldBeOfType<SeriesVerdict.Usual>();
    }

    [Fact]
    public void A_single_sample_that_is_over_again_is_a_blip_and_a_stretch_is_none()
    {
        Departure(Samples.Noise(3, step: 90, until: 21)).IsBlip.ShouldBeTrue();
        Departure(Samples.Noise(3, step: 90, until: 25)).IsBlip.ShouldBeFalse();
        Departure(Samples.Noise(3, step: 90, onset: 59)).IsBlip.ShouldBeFalse("it may go on");
    }

    [Fact]
    public void What_departed_before_the_window_is_known_to_be_older()
    {
        Departure(Samples.Noise(3, step: 90, onset: 0)).IsOlder.ShouldBeTrue();
        Departure(Samples.Noise(3, step: 90, onset: 1)).IsOlder.ShouldBeFalse();
    }

    [Fact]
    public void A_window_without_samples_or_of_one_never_throws()
    {
        var series = Samples.Noise(1);
        var instant = new TimeWindow(Samples.Start, Samples.Start);
        _ = RobustZScoreDetector.Judge(series, instant, Samples.Incident);
        _ = RobustZScoreDetector.Judge(series, Samples.Baseline, instant);
        _ = RobustZScoreDetector.Judge(series with { UnixMilliseconds = [], Values = [] }, Samples.Baseline, Samples.Incident);
    }

    private static SeriesVerdict Judge(MetricSeries series) => RobustZScoreDetector.Judge(series, Samples.Baseline, Samples.Incident);

    private static Departure Departure(MetricSeries series) => Judge(series).ShouldBeOfType<SeriesVerdict.Departed>().Departure;
}
