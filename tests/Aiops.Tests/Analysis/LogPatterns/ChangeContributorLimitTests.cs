using Aiops.Analysis.LogPatterns;

namespace Aiops.Tests.Analysis.LogPatterns;

/// <summary>When a value contributes and how many are named, at and past the limits.</summary>
public class ChangeContributorLimitTests
{
    [Theory]
    [InlineData(8, false)] // √(2 · 8 · ln 2) = 3.33
    [InlineData(9, true)]  // 3.53
    public void A_value_contributes_from_three_and_a_half_deviations_on(int lines, bool contributes)
    {
        var contributors = Counted([("usual", 100, 100), ("new", 0, lines)]);
        (contributors.Count > 0).ShouldBe(contributes);
        Counted([("usual", 100, 100), ("old", lines, 0)]).Count.ShouldBe(contributors.Count);
    }

    [Fact]
    public void Ten_values_that_move_alike_explain_a_tenth_each_and_seven_of_them_are_enough()
    {
        var field = Counted([.. Enumerable.Range(0, 10).Select(i => ($"host-{i}", 0, 20)), ("usual", 100, 100)])
            .ShouldHaveSingleItem();
        field.Values.Select(value => value.Value).ShouldBe([.. Enumerable.Range(0, 7).Select(i => $"host-{i}")]);
        field.Explained.ShouldBe(0.7, 1e-9);
    }

    [Fact]
    public void Of_eleven_values_that_move_alike_none_explains_enough()
        => Counted([.. Enumerable.Range(0, 11).Select(i => ($"host-{i}", 0, 20)), ("usual", 100, 100)]).ShouldBeEmpty();

    [Fact]
    public void Values_are_named_until_two_thirds_are_explained()
    {
        Counted([("a", 0, 67), ("b", 0, 33), ("usual", 100, 100)]).ShouldHaveSingleItem().Values.Count.ShouldBe(1);
        Counted([("a", 0, 66), ("b", 0, 34), ("usual", 100, 100)]).ShouldHaveSingleItem().Values.Count.ShouldBe(2);
    }

    [Fact]
    public void A_value_tells_its_part_its_surprise_and_its_direction()
    {
        var field = Counted([("a", 10, 40), ("b", 40, 10)]).ShouldHaveSingleItem();
        var (a, b) = (field.Values.Single(value => value.Value == "a"), field.Values.Single(value => value.Value == "b"));
        (a.Earlier, a.Later, a.Explained).ShouldBe((10, 40, 0.5));
        a.Significance.ShouldBe(Math.Sqrt(PoissonRates.G(10, 1, 40, 1)), 1e-9);
        b.Significance.ShouldBe(-a.Significance, 1e-9);
        a.Surprise.ShouldBe(0.5 * ((0.2 * Math.Log(0.4)) + (0.8 * Math.Log(1.6))), 1e-9);
        field.Surprise.ShouldBe(2 * a.Surprise, 1e-9);
        field.Explained.ShouldBe(1, 1e-9);
    }

    [Fact]
    public void A_value_never_seen_before_has_a_finite_surprise()
    {
        var value = Counted([("usual", 50, 50), ("new", 0, 50)]).ShouldHaveSingleItem().Values.ShouldHaveSingleItem();
        value.Value.ShouldBe("new");
        value.Surprise.ShouldBe(0.5 * 0.5 * Math.Log(2), 1e-9); // Half of the later lines, none of the earlier.
    }

    [Fact]
    public void What_moved_is_what_a_longer_period_did_not_promise()
    {
        var values = Counted([("steady", 100, 200), ("more", 30, 240), ("less", 90, 90)], exposure: 2)
            .ShouldHaveSingleItem().Values.ToDictionary(value => value.Value);
        values.Keys.Order().ShouldBe(["less", "more"]);
        values["more"].Explained.ShouldBe(180 / 270.0, 1e-9);
        values["less"].Explained.ShouldBe(90 / 270.0, 1e-9);
        values["less"].Significance.ShouldBeLessThan(-3.5);
    }

    [Fact]
    public void With_one_period_alone_there_is_nothing_to_explain()
    {
        Counted([("x", 0, 100)]).ShouldBeEmpty();
        Counted([("x", 100, 0)]).ShouldBeEmpty();
    }

    [Fact]
    public void The_most_surprising_field_is_told_first()
    {
        var contributors = new ChangeContributors(["a little", "a lot"]);
        for (var i = 0; i < 100; i++)
        {
            contributors.Add(isLater: false, "usual", "usual");
            contributors.Add(isLater: true, i < 40 ? "new" : "usual", i < 80 ? "new" : "usual");
        }

        contributors.Explain(exposure: 1).Select(field => field.Field).ShouldBe(["a lot", "a little"]);
    }

    [Fact]
    public void Equally_surprising_fields_are_told_by_name()
    {
        var contributors = new ChangeContributors(["zone", "host"]);
        for (var i = 0; i < 50; i++)
        {
            contributors.Add(isLater: false, "usual", "usual");
            contributors.Add(isLater: true, i % 2 == 0 ? "usual" : "new", i % 2 == 0 ? "usual" : "new");
        }

        contributors.Explain(exposure: 1).Select(field => field.Field).ShouldBe(["host", "zone"]);
    }

    [Fact]
    public void The_order_of_the_lines_does_not_matter()
    {
        (string, int, int)[] values = [("c", 3, 50), ("a", 50, 7), ("b", 11, 31), ("d", 40, 2)];
        var one = Counted(values).ShouldHaveSingleItem();
        var other = Counted([.. values.Reverse()]).ShouldHaveSingleItem();
        other.Values.ShouldBe(one.Values);
        (other.Explained, other.Surprise).ShouldBe((one.Explained, one.Surprise));
    }

    private static IReadOnlyList<ContributingField> Counted((string Value, int Earlier, int Later)[] values, double exposure = 1)
    {
        var contributors = new ChangeContributors(["field"]);
        foreach (var (value, earlier, later) in values)
        {
            for (var i = 0; i < earlier + later; i++)
            {
                contributors.Add(isLater: i >= earlier, value);
            }
        }

        return contributors.Explain(exposure);
    }
}
