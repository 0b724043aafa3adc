using Aiops.Analysis.ChangePoints;

namespace Aiops.Tests.Analysis.ChangePoints;

public class ShiftLocationTests
{
    [Fact]
    public void A_clear_shift_is_located_exactly()
    {
        var shift = ShiftLocation.Find([1, 2, 1, 2, 1, 2, 11, 12, 11, 12, 11])!.Value;
        (shift.Index, shift.Earliest, shift.Latest).ShouldBe((6, 6, 6));
        shift.Rise.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void A_fall_is_located_like_a_rise()
        => ShiftLocation.Find([11, 12, 11, 12, 1, 2, 1, 2])!.Value.Rise.ShouldBeLessThan(-5);

    [Fact]
    public void One_outlier_is_no_shift()
    {
        var values = Noise.Normal(60, seed: 3);
        values[20] += 1_000;
        ShiftLocation.Find(values)!.Value.Strength.ShouldBeLessThan(4);
    }

    [Fact]
    public void Nineteen_intervals_of_twenty_hold_the_shift()
    {
        const int Trials = 400;
        var held = Enumerable.Range(0, Trials).Count(seed =>
        {
            var values = Noise.Normal(80, seed);
            for (var i = 50; i < values.Length; i++)
            {
                values[i] += 1.5;
            }

            var shift = ShiftLocation.Find(values)!.Value;
            return shift.Earliest <= 50 && shift.Latest >= 50;
        });
        ((double)held / Trials).ShouldBeInRange(0.92, 1);
    }

    [Fact]
    public void Shifting_and_scaling_the_samples_leaves_the_place()
    {
        var values = Noise.Normal(50, seed: 5);
        for (var i = 30; i < values.Length; i++)
        {
            values[i] += 4;
        }

        var scaled = ShiftLocation.Find(Array.ConvertAll(values, value => (8 * value) - 1_024))!.Value;
        var plain = ShiftLocation.Find(values)!.Value;
        (scaled.Index, scaled.Earliest, scaled.Latest).ShouldBe((plain.Index, plain.Earliest, plain.Latest));
        scaled.Strength.ShouldBe(plain.Strength, 1e-9);
    }

    [Fact]
    public void Too_few_or_equal_samples_have_no_shift()
    {
        ShiftLocation.Find([1, 2, 1, 9, 9]).ShouldBeNull();
        ShiftLocation.Find([7, 7, 7, 7, 7, 7, 7]).ShouldBeNull();
        ShiftLocation.Find([1, 2, 1, 9, 8, 9]).ShouldNotBeNull().Index.ShouldBe(3);
    }

    [Fact]
    public void A_flat_level_that_steps_is_located_though_it_has_no_noise()
        => ShiftLocation.Find([5, 5, 5, 5, 5, 5, 6, 6, 6, 6])!.Value.Index.ShouldBe(6);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_confidence_outside_of_zero_to_one_is_refused(double confidence)
        => Should.Throw<ArgumentOutOfRangeException>(() => ShiftLocation.Find([1, 2, 1, 9, 8, 9], confidence));
}
