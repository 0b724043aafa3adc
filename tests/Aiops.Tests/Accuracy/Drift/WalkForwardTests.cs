using Aiops.Accuracy.Drift;
using Aiops.Accuracy.Drift.Peers;
using Aiops.Tests.Analysis.ChangePoints;

namespace Aiops.Tests.Accuracy.Drift;

public class WalkForwardTests
{
    private static readonly LabelledSeries Jump = new("jump", VerdictKind.Regression, [1, 1, 2, 3, 3, 4, 5, 6], new double[8])
    {
        Change = 3,
        ClimbEnd = 3,
        Return = 7,
    };

    [Theory]
    [InlineData(new[] { 3 }, 0, 0)]
    [InlineData(new[] { 4 }, 0, 0)] // The same build.
    [InlineData(new[] { 6 }, 2, 0)]
    [InlineData(new[] { 2, 5 }, 1, 1)] // Before the change.
    [InlineData(new[] { 3, 6 }, 0, 1)] // Once more.
    [InlineData(new[] { 7 }, null, 1)] // After the return.
    [InlineData(new int[0], null, 0)]
    public void A_raise_counts_by_where_it_lies(int[] raised, int? delay, int falselyRaised)
    {
        var result = WalkForward.Run(Jump, new Scripted(raised));
        (result.DelayBuilds, result.FalselyRaised).ShouldBe((delay, falselyRaised));
    }

    [Fact]
    public void A_climb_may_be_raised_again_while_it_goes_on()
        => WalkForward.Run(Jump with { ClimbEnd = 6 }, new Scripted([3, 5, 6])).FalselyRaised.ShouldBe(1);

    [Fact]
    public void Every_peer_finds_a_rise_of_six_deviations()
    {
        foreach (var peer in new IRegressionWatch[] { new PageCusum(), new WindowedGaussian(), new MannWhitneyWindows() })
        {
            var values = Noise.Normal(160, seed: 12).Select((value, i) => value + (i >= 100 ? 6 : 0)).ToArray();
            Enumerable.Range(100, 60).Any(i => RaisedAt(peer, values, i)).ShouldBeTrue(peer.GetType().Name);
        }
    }

    [Fact]
    public void The_same_seed_draws_the_same_series_and_forty_of_each_kind()
    {
        var series = SimulatedSeries.Draw(200, seed: 5);
        series.Select(one => one.Values.Sum()).ShouldBe(SimulatedSeries.Draw(200, seed: 5).Select(one => one.Values.Sum()));
        series.GroupBy(one => one.Kind).Select(group => group.Count()).ShouldAllBe(count => count == 40);
        var regressions = series.Where(one => one.Change is not null).GroupBy(one => one.Size);
        regressions.Select(group => group.Count()).ShouldAllBe(count => count == 8);
    }

    [Fact]
    public void Noise_of_every_shape_has_unit_variance_and_no_mean()
    {
        // A heavy tail's sample variance hardly converges.
        foreach (var shape in Enum.GetValues<NoiseShape>().Except([NoiseShape.HeavyTailed]))
        {
            var noise = new SimulatedNoise(shape, new Random(3));
            double[] values = [.. Enumerable.Range(0, 40_000).Select(i => noise.Next(i % 3 == 0))];
            values.Average().ShouldBe(0, 0.06, shape.ToString());
            values.Select(value => value * value).Average().ShouldBe(1, 0.08, shape.ToString());
        }
    }

    private static bool RaisedAt(IRegressionWatch peer, double[] values, int i)
    {
        for (var j = i == 100 ? 0 : i; j < i; j++)
        {
            peer.Add(j, values[j], j);
        }

        return peer.Add(i, values[i], i);
    }

    private sealed class Scripted(int[] raised) : IRegressionWatch
    {
        public bool Add(long position, double value, long build) => raised.Contains((int)position);
    }
}
