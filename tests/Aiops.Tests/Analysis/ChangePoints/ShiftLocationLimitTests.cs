using Aiops.Analysis.ChangePoints;

namespace Aiops.Tests.Analysis.ChangePoints;

/// <summary>What the shift is measured in, and how near to an end it may lie.</summary>
public class ShiftLocationLimitTests
{
    [Fact]
    public void A_shift_is_measured_in_deviations_of_the_noise()
    {
        // Neighbours differ by 1 as a rule: the noise's deviation is 1.4826/√2.
        var shift = ShiftLocation.Find([0, 1, 0, 1, 0, 1, 10, 11, 10, 11, 10, 11])!.Value;
        shift.Rise.ShouldBe(10 * Math.Sqrt(2) / 1.4826, 1e-9);
        shift.Strength.ShouldBe(shift.Rise * Math.Sqrt(6 * 6 / 12.0), 1e-9);
    }

    [Fact]
    public void An_outlier_counts_as_three_deviations_beyond_its_level()
    {
        var clip = 3 * 1.4826 / Math.Sqrt(2);
        var far = ShiftLocation.Find([0, 1, 0, 1, -99, 1, 10, 11, 10, 999, 10, 11])!.Value;
        var near = ShiftLocation.Find([0, 1, 0, 1, 0.5 - clip, 1, 10, 11, 10, 10.5 + clip, 10, 11])!.Value;
        far.Strength.ShouldBe(near.Strength, 1e-9);
        far.Rise.ShouldBe(near.Rise, 1e-9);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public void Three_samples_on_one_side_are_enough(int at)
        => ShiftLocation.Find(Stepped(at))!.Value.Index.ShouldBe(at);

    [Theory]
    [InlineData(2, 3)]
    [InlineData(10, 9)]
    public void Two_samples_on_one_side_are_never_a_level(int at, int index)
        => ShiftLocation.Find(Stepped(at))!.Value.Index.ShouldBe(index);

    [Fact]
    public void Where_nothing_shifts_any_place_will_do()
    {
        var shift = ShiftLocation.Find([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1])!.Value;
        (shift.Earliest, shift.Latest).ShouldBe((3, 9));
        shift.Strength.ShouldBeLessThan(1);
        var slight = ShiftLocation.Find([0, 1, 0, 1, 0, 1, 0.5, 1.5, 0.5, 1.5, 0.5, 1.5])!.Value;
        (slight.Earliest, slight.Index, slight.Latest).ShouldBe((3, 5, 9));
    }

    [Fact]
    public void Where_most_samples_equal_their_neighbour_the_mean_difference_is_the_noise()
    {
        ShiftLocation.Find([5, 5, 5, 5, 5, 5, 6, 6, 6, 6])!.Value.Rise.ShouldBe(9, 1e-9); // A difference of 1 in nine.
        ShiftLocation.Find([5, 5, 5, 5, 5, 5, 8, 8, 8, 9])!.Value.Rise.ShouldBe(3.25 / (4 / 9.0), 1e-9);
    }

    [Fact]
    public void The_interval_holds_what_the_likelihood_ratio_does_not_turn_down()
    {
        ShiftLocation.Drop(0.95).ShouldBe(7.352277, 1e-6); // x with 1 − (1 − e^(−x/2))² = 0.05.
        double[] values = [0, 2, 1, 0, 2, 0, 1, 2, 3, 2, 4, 2, 3, 4, 3, 2];
        var shift = ShiftLocation.Find(values)!.Value;
        var differences = values.Zip(values.Skip(1), (one, next) => Math.Abs(next - one)).Order().ToList();
        var deviation = differences[7] * 1.4826 / Math.Sqrt(2);
        var ratios = Enumerable.Range(0, values.Length + 1).Select(i => i is < 3 or > 13 ? 0 : RatioAt(i)).ToList();
        var possible = Enumerable.Range(3, 11).Where(i => ratios[i] >= ratios.Max() - ShiftLocation.Drop(0.95)).ToList();
        (shift.Index, shift.Earliest, shift.Latest).ShouldBe((ratios.IndexOf(ratios.Max()), possible[0], possible[^1]));
        possible.Count.ShouldBeInRange(2, 10);

        double RatioAt(int i)
        {
            var rise = (values[i..].Average() - values[..i].Average()) / deviation;
            return rise * rise * i * (values.Length - i) / values.Length;
        }
    }

    /// <summary>Twelve samples, 20 higher from one on.</summary>
    private static double[] Stepped(int at) => [.. Enumerable.Range(0, 12).Select(i => (i % 2) + (i >= at ? 20.0 : 0))];
}
