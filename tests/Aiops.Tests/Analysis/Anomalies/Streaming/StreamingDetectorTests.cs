using Aiops.Analysis.Anomalies.Streaming;

namespace Aiops.Tests.Analysis.Anomalies.Streaming;

public class StreamingDetectorTests
{
    private const int Long = 2_000;

    [Fact]
    public void White_noise_alarms_less_than_once_in_two_thousand_points()
        => Enumerable.Range(0, 15).Sum(seed => Streams.AlarmsOf(Streams.Noise(seed, 4_000)).Length).ShouldBeLessThan(30);

    [Fact]
    public void A_spike_alarms_at_once_and_once()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var values = Streams.Noise(seed, Long);
            values[1_500] += 15;
            Streams.AlarmsOf(values).Where(at => at is >= 1_490 and < 1_600).ShouldBe([1_500], $"seed {seed}");
            Streams.Judge(values)[1_500].Shape.ShouldBe(AnomalyShape.Spike);
        }
    }

    [Fact]
    public void A_shift_of_the_level_too_small_for_a_spike_is_found_within_an_hour_and_a_half()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var values = Streams.Noise(seed, Long);
            for (var i = 1_500; i < values.Length; i++)
            {
                values[i] += 2;
            }

            var verdicts = Streams.Judge(values);
            var first = Array.FindIndex(verdicts, 1_500, verdict => verdict.Shape == AnomalyShape.Shift);
            first.ShouldBeLessThan(1_500 + 18, $"seed {seed}");
            verdicts.Skip(1_500).Take(18).Count(verdict => verdict.Shape == AnomalyShape.Spike).ShouldBeLessThan(2);
        }
    }

    [Fact]
    public void A_level_that_has_moved_for_good_is_usual_after_a_week()
    {
        var values = Streams.Noise(3, 6_000);
        for (var i = 2_000; i < values.Length; i++)
        {
            values[i] += 50;
        }

        var verdicts = Streams.Judge(values);
        verdicts.Skip(2_000 + (7 * Streams.ADay)).ShouldAllBe(verdict => verdict.Departure < 1);
        verdicts[^1].Expected.ShouldBe(150, 10);
    }

    [Fact]
    public void The_peak_of_every_day_is_expected_and_a_day_without_it_is_not()
    {
        var values = Streams.Daily(4, 10 * Streams.ADay);
        Streams.AlarmsOf(values).Where(at => at > Streams.ADay).ShouldBeEmpty();
        for (var i = 8 * Streams.ADay; i < 9 * Streams.ADay; i++)
        {
            values[i] = 100 + (0.1 * (values[i] - 100));
        }

        var noticed = Streams.AlarmsOf(values).First(at => at > Streams.ADay) - (8 * Streams.ADay);
        noticed.ShouldBeInRange(0, Streams.ADay / 4);
    }

    [Fact]
    public void A_week_with_quiet_weekends_is_learned()
    {
        var random = Streams.Noise(5, 6 * 7 * Streams.ADay);
        double[] values = [.. random.Select((value, i) => value + (i / Streams.ADay % 7 < 5 ? 30 : 0))];
        var verdicts = Streams.Judge(values);
        var (sunday, monday) = ((5 * 7) + 6, (5 * 7) + 7 - 7);
        verdicts[(sunday * Streams.ADay) + 150].Expected.ShouldBe(100, 5);
        verdicts[(monday * Streams.ADay) + 150].Expected.ShouldBe(130, 5);
    }

    [Fact]
    public void A_line_that_goes_flat_is_found_and_one_that_was_always_flat_is_not()
    {
        var values = Streams.Noise(6, Long);
        Array.Fill(values, 100, 1_500, 300); // Where it is expected: nothing but its stillness is odd.
        var first = Streams.AlarmsOf(values).First(at => at >= 1_500);
        first.ShouldBeInRange(1_500 + 89, 1_500 + 92);
        Streams.Judge(values)[first].Shape.ShouldBe(AnomalyShape.Flatline);
        Streams.AlarmsOf([.. Enumerable.Repeat(7.0, Long)]).ShouldBeEmpty();
    }

    [Fact]
    public void The_first_change_of_a_constant_is_news()
        => Streams.AlarmsOf([.. Enumerable.Repeat(0.0, 1_000), 1, .. Enumerable.Repeat(0.0, 100)]).ShouldBe([1_000]);

    [Theory]
    [InlineData(31, true)]
    [InlineData(29, false)]
    public void A_gap_three_times_longer_than_any_before_is_an_anomaly(int points, bool found)
    {
        var verdicts = Streams.Judge(Streams.Noise(7, 1_000), i => Streams.At(i < 900 ? i : i + points - 1));
        (verdicts[900].Shape == AnomalyShape.Gap).ShouldBe(found);
    }

    [Fact]
    public void Points_that_are_missing_alarm_before_the_series_comes_back()
    {
        var values = Streams.Noise(8, 1_000);
        Array.Fill(values, double.NaN, 900, 50);
        var verdicts = Streams.Judge(values);
        verdicts[905].Alarm.ShouldBeFalse();
        var first = Array.FindIndex(verdicts, 900, verdict => verdict.Alarm);
        first.ShouldBe(929);
        verdicts[first].Shape.ShouldBe(AnomalyShape.Gap);
        verdicts[first].Expected.ShouldBe(100, 1);
    }

    [Fact]
    public void A_series_with_holes_by_nature_may_have_another()
    {
        var random = new Random(9);
        var time = 0;
        int[] times = [.. Enumerable.Range(0, Long).Select(_ => time += random.Next(20) == 0 ? random.Next(20, 60) : 1)];
        var verdicts = Streams.Judge(Streams.Noise(9, Long), i => Streams.At(times[i]));
        verdicts.Skip(500).ShouldAllBe(verdict => verdict.Shape != AnomalyShape.Gap);
    }

    [Fact]
    public void A_counter_is_judged_by_its_increments_and_its_restart_is_none_of_them()
    {
        double[] increments = [.. Streams.Noise(10, Long).Select(value => Math.Round(value))];
        increments[1_700] = 200;
        double[] values = new double[Long];
        var total = 0.0;
        for (var i = 0; i < Long; i++)
        {
            total = i == 1_200 ? increments[i] : total + increments[i];
            values[i] = total;
        }

        Streams.AlarmsOf(values).ShouldBe([1_700]);
        var verdict = Streams.Judge(values)[1_699];
        verdict.Expected.ShouldBe(values[1_698] + 100, 1);
        verdict.High.ShouldBe(verdict.Expected + 4, 2);
    }

    [Fact]
    public void A_counter_that_was_not_scraped_for_a_while_has_not_burst()
    {
        double[] values = [.. Streams.Noise(11, Long).Select((value, i) => (100.0 * (i < 1_500 ? i : i + 7)) + value)];
        Streams.AlarmsOf(values, i => Streams.At(i < 1_500 ? i : i + 7)).Where(at => at is >= 1_500 and < 1_600).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_said_before_enough_is_known()
    {
        var verdicts = Streams.Judge([.. Enumerable.Range(0, 151).Select(i => i % 2 == 0 ? 1e6 : -1.0)]);
        verdicts.Take(150).ShouldAllBe(verdict => verdict.Departure == 0 && double.IsNaN(verdict.Low) && verdict.Score == 0);
        double.IsNaN(verdicts[150].Low).ShouldBeFalse();
    }

    [Fact]
    public void A_value_outside_the_band_is_an_anomaly()
    {
        var values = Streams.Daily(12, Long);
        var verdicts = Streams.Judge(values);
        for (var i = 200; i < Long; i++)
        {
            verdicts[i].Low.ShouldBeLessThan(verdicts[i].Expected);
            verdicts[i].High.ShouldBeGreaterThan(verdicts[i].Expected);
            var beyond = values[i] > verdicts[i].High || values[i] < verdicts[i].Low;
            (beyond && verdicts[i].Departure < 1 - 1e-9).ShouldBeFalse($"point {i}");
        }
    }

    [Fact]
    public void Dirt_is_borne()
    {
        var random = new Random(13);
        var detector = new StreamingDetector();
        double[] dirt =
        [
            double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon,
            0, -0.0,
        ];
        for (var i = 0; i < 5_000; i++)
        {
            var value = random.Next(4) == 0 ? dirt[random.Next(dirt.Length)] : random.NextDouble();
            var verdict = detector.Next(Streams.At(random.Next(5) == 0 ? i - random.Next(50) : i) - (long)1e12, value);
            verdict.Score.ShouldBeInRange(0, 1);
            verdict.Departure.ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    [Fact]
    public void Duplicate_stamps_change_little()
    {
        var values = Streams.Daily(14, Long);
        values[1_500] += 60;
        Streams.AlarmsOf(values, i => Streams.At(i - (i % 2))).Where(at => at > Streams.ADay).ShouldBe([1_500]);
    }

    [Fact]
    public void A_score_uses_no_later_point()
    {
        var values = Streams.Daily(15, Long);
        var whole = Streams.Judge(values);
        Streams.Judge(values[..1_100]).ShouldBe(whole[..1_100]);
    }

    [Theory]
    [InlineData(1e-6, 0)]
    [InlineData(1e6, 0)]
    [InlineData(-1, 0)]
    [InlineData(1, 1_000)]
    [InlineData(0.01, -3)]
    public void Scaling_and_shifting_a_gauge_leaves_its_alarms(double factor, double shift)
    {
        for (var seed = 20; seed < 24; seed++)
        {
            var values = Streams.Daily(seed, Long);
            values[1_300] += 40;
            values[1_600] -= 60;
            var before = Streams.Judge(values);
            var after = Streams.Judge(Array.ConvertAll(values, value => (factor * value) + shift));
            before.Zip(after).ShouldAllBe(pair => Math.Abs(pair.First.Score - pair.Second.Score) < 1e-6);
        }
    }

    [Fact]
    public void Nothing_is_allocated_for_a_point()
    {
        var values = Streams.Daily(16, Long);
        var detector = new StreamingDetector();
        for (var i = 0; i < Long; i++)
        {
            detector.Next(Streams.At(i), values[i]);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Long; i++)
        {
            detector.Next(Streams.At(Long + i), values[i]);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
