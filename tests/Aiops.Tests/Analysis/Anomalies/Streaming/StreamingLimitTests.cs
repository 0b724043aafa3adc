using Aiops.Analysis.Anomalies.Streaming;

namespace Aiops.Tests.Analysis.Anomalies.Streaming;

/// <summary>What each of the detector's charts is there for, alone, and its limits.</summary>
public class StreamingLimitTests
{
    [Fact]
    public void Nothing_is_expected_of_the_first_value_and_the_first_of_the_second()
    {
        var detector = new StreamingDetector();
        double.IsNaN(detector.Next(Streams.At(0), 5).Expected).ShouldBeTrue();
        detector.Next(Streams.At(1), 6).Expected.ShouldBe(5);
    }

    [Fact]
    public void Settings_say_from_when_on_it_judges()
    {
        var detector = new StreamingDetector(new StreamingDetectorSettings { FewestPoints = 20 });
        var known = Enumerable.Range(0, 30).Select(i => !double.IsNaN(detector.Next(Streams.At(i), i % 2).Low)).ToList();
        known.IndexOf(true).ShouldBe(20);
    }

    [Fact]
    public void A_shift_too_slight_for_the_short_average_is_seen_by_the_long_one()
    {
        var values = Streams.Noise(31, 2_000);
        for (var i = 1_500; i < values.Length; i++)
        {
            values[i] += 0.8;
        }

        var verdicts = Judge(values, Alone with { DriftLimit = StreamingDetectorSettings.Default.DriftLimit });
        var first = Array.FindIndex(verdicts, 300, verdict => verdict.Departure >= 1);
        first.ShouldBeInRange(1_510, 1_560);
        verdicts[first].Shape.ShouldBe(AnomalyShape.Shift);
        Judge(values, Alone).ShouldAllBe(verdict => verdict.Departure < 1);
    }

    [Fact]
    public void A_jump_that_stays_within_the_usual_range_is_seen_against_the_last_few_points()
    {
        var values = Wandering(3_000);
        values[2_000] += 6;
        var verdicts = Streams.Judge(values);
        verdicts[2_000].Alarm.ShouldBeTrue();
        verdicts[2_000].Shape.ShouldBe(AnomalyShape.Spike);
        values[2_000].ShouldBeLessThan(verdicts[2_000].High);
    }

    [Fact]
    public void Under_a_season_too_a_jump_is_seen_against_the_last_few_points()
    {
        double[] values = [.. Wandering(3_000).Select((value, i) => value + (60 * Math.Sin(2 * Math.PI * i / Streams.ADay)))];
        values[2_400] += 12;
        var verdicts = Streams.Judge(values);
        verdicts[2_400].Alarm.ShouldBeTrue();
        values[2_400].ShouldBeLessThan(verdicts[2_400].High);
    }

    [Fact]
    public void A_season_once_learned_narrows_the_band()
    {
        var verdicts = Streams.Judge(Streams.Daily(33, 2_400)); // Without the season the swings of 20 would reach beyond 40.
        (verdicts[1_800].High - verdicts[1_800].Expected).ShouldBeInRange(3, 30);
    }

    [Fact]
    public void A_season_that_is_given_up_widens_the_band_again()
    {
        var values = Streams.Daily(34, 3_000);
        var random = new Random(34);
        for (var i = 1_200; i < values.Length; i++)
        {
            values[i] = 100 + (20 * Math.Sin(2 * Math.PI * random.NextDouble())); // As wide, without order.
        }

        var verdicts = Streams.Judge(values);
        verdicts.Skip(2_400).Count(verdict => verdict.Departure >= 1).ShouldBeLessThan(10);
        (verdicts[2_900].High - verdicts[2_900].Expected).ShouldBeInRange(20, 200);
        double[] widths = [.. verdicts.Skip(1_200).Select(verdict => verdict.High - verdict.Low)];
        widths.Skip(1).Zip(widths, (next, one) => next / one).Max().ShouldBeInRange(1.05, 1.3); // At once, when it is given up.
    }

    [Fact]
    public void A_line_that_was_still_for_long_may_be_so_again()
    {
        var verdicts = Streams.Judge([.. Enumerable.Repeat(0.0, 1_000), 1, .. Enumerable.Repeat(0.0, 400)]);
        verdicts.Index().Where(verdict => verdict.Item.Alarm).Select(verdict => verdict.Index).ShouldBe([1_000]);
        verdicts.ShouldAllBe(verdict => verdict.Shape != AnomalyShape.Flatline);
    }

    [Fact]
    public void A_line_that_goes_flat_alarms_at_the_ninetieth_repetition_and_once()
    {
        var values = Streams.Noise(6, 1_100);
        Array.Fill(values, 100, 1_000, 100); // Of one value there are 99 repetitions.
        Streams.AlarmsOf(values).Where(at => at >= 1_000).ShouldBe([1_090]);
    }

    [Fact]
    public void After_an_alarm_the_bar_is_where_the_departure_was()
    {
        Second(gap: 330).ShouldBe(1.1, 1e-9); // Worse: it alarms again.
        Second(gap: 297).ShouldBeLessThan(1);

        // The second of two verdicts about missing points: ten times, at 300 steps, and then at others.
        static double Second(int gap)
        {
            var detector = new StreamingDetector();
            var values = Streams.Noise(7, 600);
            for (var i = 0; i < values.Length; i++)
            {
                detector.Next(Streams.At(i), values[i]);
            }

            var first = detector.Next(Streams.At(599 + 300), double.NaN);
            (first.Departure, first.Shape).ShouldBe((10, AnomalyShape.Gap));
            var score = detector.Next(Streams.At(599 + gap), double.NaN).Score;
            return score / (1 - score);
        }
    }

    [Fact]
    public void Rounding_alone_is_never_news()
    {
        double[] values = [.. Enumerable.Range(0, 2_000).Select(i => 1e6 + (i % 7 == 0 ? 1e-7 : 0))];
        Streams.AlarmsOf(values).ShouldBeEmpty(); // Of the largest value a part in ten to the thirteen.
        values[1_500] += 1e-2;                    // Ten times the floor of a part in ten to the nine.
        Streams.AlarmsOf(values).ShouldBe([1_500]);
    }

    /// <summary>Every chart's limit out of reach, so that one can be looked at by itself.</summary>
    private static readonly StreamingDetectorSettings Alone = new()
    {
        SpikeLimit = 1e6,
        JumpLimit = 1e6,
        ShiftLimit = 1e6,
        DriftLimit = 1e6,
    };

    private static StreamingVerdict[] Judge(double[] values, StreamingDetectorSettings settings)
    {
        var detector = new StreamingDetector(settings);
        return [.. values.Select((value, i) => detector.Next(Streams.At(i), value))];
    }

    /// <summary>Slow swings of 30 without a period that telemetry has, and little noise.</summary>
    private static double[] Wandering(int length) => [.. Streams.Noise(32, length).Select((value, i) =>
        100 + (0.2 * (value - 100)) + (20 * Math.Sin(i / 61.0)) + (10 * Math.Sin(i / 83.0)))];
}
