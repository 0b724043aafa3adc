using Aiops.Analysis.ChangePoints;
using FsCheck;
using FsCheck.Fluent;

namespace Aiops.Tests.Analysis.ChangePoints;

public class EpidemicScanPropertyTests
{
    [Fact]
    public void Whole_scores_give_the_very_stretch_that_trying_every_one_gives()
        => Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), scores =>
        {
            double[] whole = [.. scores.Select(score => (double)(score % 5))];
            return whole.Length == 0 || EpidemicScan.Find(whole) == EveryStretch.Find(whole);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(191)]
    [InlineData(192)]
    [InlineData(193)]
    [InlineData(500)]
    public void Windows_of_any_length_give_the_strength_that_trying_every_stretch_gives(int length)
    {
        var random = new Random(length);
        for (var round = 0; round < 20; round++)
        {
            var (centre, burst) = (random.NextDouble() - 0.7, random.Next(length));
            double[] scores = [.. Enumerable.Range(0, length).Select(i =>
                random.NextDouble() + centre + (Math.Abs(i - burst) < 5 ? random.NextDouble() * 3 : 0))];
            var plain = EveryStretch.Find(scores);
            var found = EpidemicScan.Find(scores);
            found.Strength.ShouldBe(plain.Strength, 1e-9);
            found.Mean.ShouldBe(scores[found.First..(found.Last + 1)].Average(), 1e-9);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(1.0)]
    public void Equal_scores_give_the_same_stretch_in_short_and_long_windows(double score)
    {
        foreach (var length in new[] { 2, 150, 400 })
        {
            var scores = Enumerable.Repeat(score, length).ToArray();
            EpidemicScan.Find(scores).ShouldBe(EveryStretch.Find(scores));
        }
    }

    [Fact]
    public void Of_equal_stretches_far_apart_the_first_counts()
    {
        var scores = Enumerable.Repeat(-1.0, 1_000).ToArray();
        (scores[100], scores[101], scores[900], scores[901]) = (2, 3, 2, 3);
        EpidemicScan.Find(scores).ShouldBe(new EpidemicStretch(100, 101, 5 / Math.Sqrt(2), 2.5));
    }

    [Fact]
    public void No_scores_have_no_stretch() => EpidemicScan.Find([]).Strength.ShouldBe(double.NegativeInfinity);
}
