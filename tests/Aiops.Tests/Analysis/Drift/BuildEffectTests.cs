using Aiops.Analysis.Drift;

namespace Aiops.Tests.Analysis.Drift;

/// <summary>Builds of two measurements each: what they differ by within a build and across a deployment is chosen.</summary>
public class BuildEffectTests
{
    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    public void Eight_pairs_of_either_kind_are_enough_and_seven_are_not(int pairs, bool isTold)
    {
        (ShareOf(pairs, pairs, within: 0.1, across: 1) is not null).ShouldBe(isTold);
        (ShareOf(pairs, 20, within: 0.1, across: 1) is not null).ShouldBe(isTold);
        (ShareOf(20, pairs, within: 0.1, across: 1) is not null).ShouldBe(isTold);
    }

    [Theory]
    [InlineData(1.51, 0.3377)]
    [InlineData(1.49, null)]
    public void A_third_of_the_variance_is_spoken_of_and_less_is_not(double ratio, double? share)
        => ShouldBe(ShareOf(2_000, 2_000, within: 1, Math.Sqrt(ratio)), share);

    [Theory]
    [InlineData(2.7, 0.6296)] // ln 2.7 = 0.993, four standard errors are 4 · √(3 · 2/100) = 0.980.
    [InlineData(2.6, null)]   // 0.956
    public void It_must_be_certain_by_four_standard_errors(double ratio, double? share)
        => ShouldBe(ShareOf(100, 100, within: 1, Math.Sqrt(ratio)), share);

    [Fact]
    public void Builds_whose_measurements_are_equal_have_a_spread_of_rounding_at_least()
    {
        ShareOf(50, 50, within: 0, across: 0.01).ShouldBeNull();
        ShareOf(50, 50, within: 0, across: 1)!.Value.ShouldBe(1 - 1e-3, 1e-9);
    }

    private static void ShouldBe(double? actual, double? expected)
    {
        (actual is null).ShouldBe(expected is null);
        (actual ?? 0).ShouldBe(expected ?? 0, 1e-4);
    }

    private static double? ShareOf(int pairsWithin, int pairsAcross, double within, double across)
    {
        var builds = new BuildEffect();
        var (score, sign) = (0.0, 1);
        builds.Add(score, isFirst: true);
        for (var i = 0; i < Math.Max(pairsWithin, pairsAcross); i++, sign = -sign)
        {
            if (i < pairsWithin)
            {
                builds.Add(score += sign * within, isFirst: false);
            }

            if (i < pairsAcross)
            {
                builds.Add(score += sign * across, isFirst: true);
            }
        }

        return builds.Share;
    }
}
