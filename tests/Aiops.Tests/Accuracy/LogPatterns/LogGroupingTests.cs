using Aiops.Accuracy.LogPatterns;

namespace Aiops.Tests.Accuracy.LogPatterns;

public class LogGroupingTests
{
    [Fact]
    public void A_line_is_right_only_if_its_group_holds_exactly_its_event()
    {
        LogGrouping.Accuracy([1, 1, 2, 3], ["a", "a", "b", "b"]).ShouldBe(0.5);
        LogGrouping.Accuracy([1, 1, 1, 1], ["a", "a", "b", "b"]).ShouldBe(0);
        LogGrouping.Accuracy(["x", "x", "y", "y"], ["a", "a", "b", "b"]).ShouldBe(1);
    }

    [Fact]
    public void New_is_what_the_first_half_lacks()
    {
        string[] events = ["a", "b", "a", "c", "c", "d"];
        LogGrouping.NewPatternF1([1, 2, 1, 3, 3, 4], events).ShouldBe(1);
        LogGrouping.NewLineF1([1, 2, 1, 3, 3, 4], events).ShouldBe(1);
        LogGrouping.NewPatternF1([1, 2, 1, 3, 3, 3], events).ShouldBe(0, "one group for two new events is neither of them");
        LogGrouping.NewLineF1([1, 2, 1, 3, 3, 3], events).ShouldBe(1);
        LogGrouping.NewPatternF1([1, 2, 1, 3, 3, 1], events).ShouldBe(2 / 3.0, 1e-12);
        LogGrouping.NewLineF1([1, 2, 3, 4, 4, 4], ["a", "b", "a", "a", "b", "a"]).ShouldBe(0);
    }

    [Fact]
    public void Nothing_new_and_nothing_called_new_is_perfect()
        => LogGrouping.NewPatternF1([1, 1], ["a", "a"]).ShouldBe(1);
}
