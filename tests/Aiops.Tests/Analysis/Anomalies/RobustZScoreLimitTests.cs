using Aiops.Analysis;
using Aiops.Analysis.Anomalies;
using Aiops.Analysis.Telemetry;

namespace Aiops.Tests.Analysis.Anomalies;

/// <summary>
/// The detector's limits, at and past each: a baseline that goes up and down by one has median 0 and a spread of 1.4826, so
/// every score is known.
/// </summary>
public class RobustZScoreLimitTests
{
    private const double Spread = 1.4826;
    private const int Before = 480;

    [Theory]
    [InlineData(3.5, true)]
    [InlineData(3.4999, false)]
    [InlineData(-3.5, true)]
    [InlineData(-3.4999, false)]
    public void A_single_sample_departs_from_three_and_a_half_deviations_on(double score, bool departs)
        => (Judge([score]) is SeriesVerdict.Departed).ShouldBe(departs);

    [Fact]
    public void What_is_usual_tells_how_near_it_came_in_either_direction()
    {
        Judge([3]).ShouldBeOfType<SeriesVerdict.Usual>().Strength.ShouldBe(3, 1e-9);
        Judge([-3]).ShouldBeOfType<SeriesVerdict.Usual>().Strength.ShouldBe(3, 1e-9);
        Judge([3], kind: SignalKind.Availability, unit: "replicas").ShouldBeOfType<SeriesVerdict.Usual>().Strength.ShouldBe(0);
    }

    [Theory]
    [InlineData(2.5, true)]
    [InlineData(2.4999, false)] // Together they are significant, and still no fault.
    public void A_stretch_departs_from_two_and_a_half_deviations_on_average(double score, bool departs)
        => (Judge([score, score, score, score]) is SeriesVerdict.Departed).ShouldBe(departs);

    [Fact]
    public void A_departure_tells_its_stretch()
    {
        var departure = Departure([0, 4, 7, 5, 0, 0]);
        departure.Onset.ShouldBe(Samples.Start.AddMinutes(Before + 1));
        departure.Upwards.ShouldBeTrue();
        departure.Usual.ShouldBe(0);
        departure.Reached.ShouldBe(7 * Spread, 1e-9);
        departure.Deviations.ShouldBe(16 / 3.0, 1e-9);
        departure.Strength.ShouldBe(16 / Math.Sqrt(3), 1e-9);
        Departure([0, -4, -7, -5, 0, 0]).ShouldSatisfyAllConditions(
            down => down.Upwards.ShouldBeFalse(),
            down => down.Reached.ShouldBe(-7 * Spread, 1e-9),
            down => down.Deviations.ShouldBe(16 / 3.0, 1e-9));
    }

    [Fact]
    public void Of_two_directions_the_stronger_counts_and_of_equal_ones_up()
    {
        Departure([8, -5]).Upwards.ShouldBeTrue();
        Departure([5, -8]).Upwards.ShouldBeFalse();
        Departure([-8, 8]).Upwards.ShouldBeTrue();
    }

    [Theory]
    [InlineData(10, 5, true)]
    [InlineData(9, 5, false)]  // Of fewer samples, one is a part worth looking at.
    [InlineData(10, 8, true)]
    [InlineData(10, 9, false)] // The newest may go on.
    [InlineData(10, 0, true)]
    public void One_sample_of_ten_that_is_over_is_a_blip(int length, int at, bool isBlip)
    {
        var scores = new double[length];
        scores[at] = 9;
        Departure(scores).IsBlip.ShouldBe(isBlip);
        scores[Math.Max(0, at - 1)] = scores[at] = 9;
        Departure(scores).IsBlip.ShouldBe(at == 0 && isBlip);
    }

    [Fact]
    public void What_the_baseline_reaches_in_a_window_in_fifty_is_divided_off()
    {
        Judge([6.9999], everyTwentieth: 6).ShouldBeOfType<SeriesVerdict.Usual>();
        Departure([7], everyTwentieth: 6).Strength.ShouldBe(3.5, 1e-9);
        Departure([7], everyTwentieth: 3).Strength.ShouldBe(7, 1e-9); // So much, noise reaches by itself.
    }

    [Theory]
    [InlineData(2, 10)] // As one with its surroundings it was a former incident, and left out.
    [InlineData(3, 5)]
    public void What_the_baseline_reached_twice_is_divided_off_where_it_was_not_the_same_incident(int apart, double strength)
    {
        var values = Baseline();
        values[200] = values[200 + apart] = 6 * Spread;
        (values[205], values[207]) = (-1, apart == 2 ? -1 : 1); // As many above as below.
        Departure([10], values: values).Strength.ShouldBe(strength, 1e-9);
    }

    [Theory]
    [InlineData(4, 10)]
    [InlineData(6, 5)]
    public void Windows_of_four_are_the_same_incident_up_to_three_steps_of_two_apart(int apart, double strength)
    {
        var values = Baseline();
        values[200] = values[200 + apart] = 6 * Spread;
        (values[301], values[303]) = (-1, -1);
        Departure([10, 0, 0, 0], values: values).Strength.ShouldBe(strength, 1e-9);
    }

    [Fact]
    public void The_largest_magnitude_in_sight_scales_a_line_without_spread()
    {
        Departure([-8], values: new double[Before]).Strength.ShouldBe(100, 1e-9);
        Departure([8], values: new double[Before]).Strength.ShouldBe(100, 1e-9);
    }

    [Fact]
    public void The_incidents_own_samples_are_no_part_of_its_baseline_and_later_ones_may_be()
    {
        double[] values = [.. Baseline(), .. Enumerable.Repeat(50.0, 60), .. Baseline()];
        var series = Samples.Of(values, kind: SignalKind.Other);
        var incident = new TimeWindow(Samples.Start.AddMinutes(Before), Samples.Start.AddMinutes(Before + 60));
        var around = new TimeWindow(Samples.Start, Samples.Start.AddMinutes(values.Length));
        var before = RobustZScoreDetector.Judge(series, Samples.Baseline, incident);
        RobustZScoreDetector.Judge(series, around, incident).ShouldBe(before);

        var later = new TimeWindow(Samples.Start.AddMinutes(Before - 5), Samples.Start.AddMinutes(Before + 64));
        RobustZScoreDetector.Judge(series, later, incident)
            .ShouldBeOfType<SeriesVerdict.Undecided>().Reason.ShouldStartWith("9 samples");
    }

    /// <summary>Up and down by one.</summary>
    private static double[] Baseline() => [.. Enumerable.Range(0, Before).Select(i => i % 2 == 0 ? -1.0 : 1.0)];

    private static SeriesVerdict Judge(
        double[] scores,
        double? everyTwentieth = null,
        double[]? values = null,
        SignalKind kind = SignalKind.Other,
        string unit = "")
    {
        values ??= Baseline();
        for (var i = 19; i < Before && everyTwentieth is not null; i += 20)
        {
            values[i] = everyTwentieth.Value * Spread;
        }

        var scale = values.Any(value => value != 0) ? Spread : 1;
        var series = Samples.Of([.. values, .. scores.Select(score => score * scale)], kind: kind, unit: unit);
        var incident = new TimeWindow(Samples.Incident.Start, Samples.Incident.Start.AddMinutes(scores.Length));
        return RobustZScoreDetector.Judge(series, Samples.Baseline, incident);
    }

    private static Departure Departure(double[] scores, double? everyTwentieth = null, double[]? values = null)
        => Judge(scores, everyTwentieth, values).ShouldBeOfType<SeriesVerdict.Departed>().Departure;
}
