using Aiops.Accuracy.Storms;

namespace Aiops.Tests.Accuracy.Storms;

public class AdjustedRandTests
{
    [Fact]
    public void Equal_groupings_score_one_under_any_names()
        => Score("aabbc", 7, 7, 3, 3, 9).ShouldBe(1);

    [Fact]
    public void One_group_for_everything_scores_nothing()
        => Score("aabb", 1, 1, 1, 1).ShouldBe(0, 1e-12);

    [Fact]
    public void A_worked_example_scores_as_by_hand()
    {
        // Pairs together in both: 2; in faults: 3 + 1 = 4; in groups: 1 + 3 = 4; of 10: (2 - 1.6) / (4 - 1.6).
        Score("aaabb", 1, 1, 2, 2, 2).ShouldBe(0.4 / 2.4, 1e-12);
    }

    [Fact]
    public void Worse_than_chance_is_below_zero()
        => Score("abab", 1, 1, 2, 2).ShouldBeLessThan(0);

    [Fact]
    public void A_fault_drawn_twice_is_no_mistake_of_the_grouping()
    {
        var rows = AdjustedRand.Rows(["a", "a", "b", "b"], [1, 1, 2, 2]);
        AdjustedRand.Of([rows[0], rows[0], rows[1]]).ShouldBe(1);
    }

    [Fact]
    public void Faults_that_share_a_group_are_drawn_together()
        => AdjustedRand.Units(AdjustedRand.Rows(["a", "b", "c", "d", "b"], [1, 1, 2, 3, 2]))
            .Select(unit => unit.Count).ShouldBe([3, 1]);

    private static double Score(string faults, params int[] groups)
        => AdjustedRand.Of(AdjustedRand.Rows([.. faults.Select(fault => fault.ToString())], groups));
}
