using Aiops.Analysis.Drift;
using Aiops.Analysis.Telemetry;

namespace Aiops.Tests.Analysis.Drift;

/// <summary>
/// When a regression is over. The pattern before goes up and down by one about 100: a spread of 1.4826, so a level is as many
/// scores away as is said here.
/// </summary>
public class ExcursionTests
{
    private const double Spread = 1.4826;

    private readonly Regime before = new(
        new DriftSettings { Kind = SignalKind.Other },
        Enumerable.Range(0, 40).Select(i => new Measurement(i, 100 + (i % 2 == 0 ? -1 : 1))),
        earlier: null);

    // Half way to a level far off are 1.5 bounded scores, less three standard errors of 0.7556/√n (by the long-run variance).
    [Theory]
    [InlineData(0.698, 8)]
    [InlineData(0.699, 16)]
    [InlineData(0.933, 16)]
    [InlineData(0.934, 32)]
    [InlineData(1.099, 32)]
    [InlineData(1.100, null)]
    public void The_nearer_to_the_old_level_the_sooner_it_is_over(double score, int? measurements)
    {
        foreach (var sign in new[] { 1, -1 })
        {
            ReturnsAfter(new Excursion(Before(), Shift(100 + (sign * 20))), 100 + (sign * score * Spread)).ShouldBe(measurements);
        }
    }

    [Fact]
    public void Measurements_that_show_the_return_belong_to_the_pattern_before()
    {
        var excursion = new Excursion(before, Shift(120));
        for (var i = 0; i < 20; i++)
        {
            excursion.Returned(new Measurement(i, 120)).ShouldBeNull();
        }

        var returned = Enumerable.Range(20, 40)
            .Select(i => excursion.Returned(new Measurement(i, 100))).First(regime => regime is not null)!;
        returned.ShouldBe(before);
        returned.Count.ShouldBeInRange(48, 72);
        returned.MedianOf(40, returned.Count).ShouldBe(100);
    }

    [Theory]
    [InlineData(110, false)]
    [InlineData(109.99, true)]
    [InlineData(90.01, true)]
    [InlineData(90, false)]
    public void A_shift_to_less_than_half_of_the_way_leads_back(double after, bool isBack)
    {
        var excursion = new Excursion(before, Shift(120));
        List<Measurement> since = [new(50, after), new(51, after)];
        (excursion.Returned(Shift(after), since) is not null).ShouldBe(isBack);
        before.Count.ShouldBe(isBack ? 42 : 40);
    }

    [Theory]
    [InlineData(128, 5, true)]
    [InlineData(129, 5, false)]
    [InlineData(128, -5, false)]
    public void A_further_shift_the_same_way_belongs_to_it_until_it_has_settled(int settled, double deviations, bool isSame)
    {
        var excursion = new Excursion(before, Shift(120));
        for (var i = 0; i < settled + 6; i++)
        {
            excursion.Returned(new Measurement(i, 120));
        }

        excursion.IsSame(Shift(130) with { Deviations = deviations }, measurements: 6).ShouldBe(isSame);
        excursion.Extend(Shift(130));
        excursion.IsSame(Shift(140), measurements: 0).ShouldBeTrue();
        excursion.Shift.Onset.ShouldBe(40);
        (excursion.Shift.Before, excursion.Shift.After).ShouldBe((100, 130));
        excursion.Shift.Deviations.ShouldBe(30 / Spread, 1e-9);
    }

    private Regime Before() => new(new DriftSettings { Kind = SignalKind.Other }, before.From(0), earlier: null);

    private static int? ReturnsAfter(Excursion excursion, double value)
    {
        for (var i = 1; i <= 100; i++)
        {
            if (excursion.Returned(new Measurement(i, value)) is not null)
            {
                return i;
            }
        }

        return null;
    }

    private static LevelShift Shift(double after)
        => new(40, 38, 42, 100, after, (after - 100) / Spread, Strength: 9, IsGradual: false);
}
