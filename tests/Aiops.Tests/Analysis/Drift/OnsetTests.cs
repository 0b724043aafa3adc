using Aiops.Analysis.ChangePoints;
using Aiops.Analysis.Drift;
using Aiops.Analysis.Telemetry;
using Aiops.Tests.Analysis.ChangePoints;

namespace Aiops.Tests.Analysis.Drift;

/// <summary>The onset held against least squares at every place, as the papers define it.</summary>
public class OnsetTests
{
    private const int Count = 120;

    [Theory]
    [InlineData(1, 0, 2.0)]
    [InlineData(2, 0, 1.2)]
    [InlineData(3, 0.1, 0)]
    [InlineData(4, 0.06, 0)]
    [InlineData(5, 0.04, 0.8)]
    public void A_jump_or_the_foot_of_a_climb_is_where_least_squares_has_it(int seed, double climb, double jump)
    {
        // Wandering noise: its long-run variance isn't 1, and counts.
        double[] values = [.. Noise.Autoregressive(Count, 0.4, seed)
            .Select((value, i) => value + (i >= 80 ? jump + (climb * (i - 79)) : 0))];
        var regime = new Regime(
            new DriftSettings { Kind = SignalKind.Other },
            values.Select((value, i) => new Measurement(i, value)),
            earlier: null);
        var found = ShiftScan.Strongest(regime);
        found.Strength.ShouldBeGreaterThan(0);

        double[] scores = [.. values.Select(regime.ScoreOf)];
        var places = Enumerable.Range(Regime.FewestBefore, Count - Regime.FewestBefore - ShiftScan.Shortest + 1).ToList();
        double Jump(int at) => Explained(scores, i => i >= at ? 1 : 0);
        double Climb(int at) => Explained(scores, i => Math.Max(0, i - at + 1));
        var isGradual = places.Max(Climb) > places.Max(Jump);
        var index = isGradual ? places.MaxBy(Climb) : places.MaxBy(Jump);
        var drop = ShiftLocation.Drop(0.95) * regime.VarianceBefore(found.Split, Count - found.Split);
        var least = Math.Max(places.Max(Climb), places.Max(Jump)) - drop;
        var possible = places.Where(at => Math.Max(Jump(at), Climb(at)) >= least).ToList();

        Onset.Of(regime, found).ShouldBe(new Onset(index, possible[0], possible[^1], isGradual));
    }

    /// <summary>By how much a line through a regressor lessens the sum of squares.</summary>
    private static double Explained(double[] scores, Func<int, double> regressor)
    {
        double[] x = [.. Enumerable.Range(0, scores.Length).Select(regressor)];
        var (meanX, meanY) = (x.Average(), scores.Average());
        var product = x.Zip(scores, (one, score) => (one - meanX) * (score - meanY)).Sum();
        return product * product / x.Sum(one => (one - meanX) * (one - meanX));
    }
}
