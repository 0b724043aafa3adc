using Aiops.Accuracy.RootCauses;

namespace Aiops.Tests.Accuracy.RootCauses;

public sealed class ExpectedHitTests
{
    private static readonly Dictionary<string, double> Scores = new()
    {
        ["a"] = 3,
        ["b"] = 2,
        ["c"] = 2 - 1e-10,
        ["d"] = 2,
        ["e"] = 1,
    };

    [Theory]
    [InlineData("a", 1, 1)]
    [InlineData("b", 1, 0)]
    [InlineData("b", 2, 1 / 3.0)]
    [InlineData("c", 3, 2 / 3.0)]
    [InlineData("d", 4, 1)]
    [InlineData("e", 4, 0)]
    [InlineData("e", 5, 1)]
    [InlineData("unnamed", 5, 0)]
    public void A_tie_is_worth_its_share_of_the_places_left(string cause, int k, double hit)
        => ExpectedHit.Among(k, Scores, cause).ShouldBe(hit, 1e-12);

    [Fact]
    public void Infinite_scores_tie_with_each_other()
    {
        const double Infinity = double.PositiveInfinity;
        var scores = new Dictionary<string, double> { ["a"] = Infinity, ["b"] = Infinity, ["c"] = 1 };

        ExpectedHit.Among(1, scores, "b").ShouldBe(0.5);
    }

    [Fact]
    public void Naming_nobody_is_a_miss() => ExpectedHit.Among(3, new Dictionary<string, double>(), "a").ShouldBe(0);

    [Fact]
    public void A_score_that_is_no_number_names_nobody()
        => ExpectedHit.Among(3, new Dictionary<string, double> { ["a"] = double.NaN }, "a").ShouldBe(0);
}
