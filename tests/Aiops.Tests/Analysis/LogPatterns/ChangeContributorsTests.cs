using Aiops.Analysis.LogPatterns;

namespace Aiops.Tests.Analysis.LogPatterns;

public class ChangeContributorsTests
{
    [Fact]
    public void The_field_whose_one_value_moved_comes_before_those_that_moved_along()
    {
        var contributors = new ChangeContributors(["severity", "host"]);
        for (var i = 0; i < 900; i++)
        {
            contributors.Add(isLater: false, i % 30 == 0 ? "ERROR" : "INFO", $"web-{i % 3}");
            contributors.Add(isLater: true, i % 30 == 0 || i % 3 == 1 ? "ERROR" : "INFO", $"web-{i % 3}");
        }

        var field = contributors.Explain(exposure: 1).ShouldHaveSingleItem();
        field.Field.ShouldBe("severity");
        field.Values[0].Value.ShouldBe("ERROR");
        field.Values[0].Significance.ShouldBeGreaterThan(10);
        field.Explained.ShouldBeGreaterThan(0.67);
    }

    [Fact]
    public void More_of_one_value_in_a_longer_period_is_told_by_rate()
    {
        var contributors = new ChangeContributors(["status"]);
        for (var i = 0; i < 100; i++)
        {
            contributors.Add(isLater: false, "200");
            contributors.Add(isLater: true, "200");
            contributors.Add(isLater: true, "200");
        }

        contributors.Explain(exposure: 2).ShouldBeEmpty();
        contributors.Explain(exposure: 1).ShouldHaveSingleItem().Values.ShouldHaveSingleItem().Value.ShouldBe("200");
    }

    [Fact]
    public void Chance_explains_nothing()
    {
        var contributors = new ChangeContributors(["host", "region"]);
        var random = new Random(11);
        for (var i = 0; i < 4_000; i++)
        {
            contributors.Add(i % 2 == 0, $"host-{random.Next(50)}", $"region-{random.Next(4)}");
        }

        contributors.Explain(exposure: 1).ShouldBeEmpty();
    }

    [Fact]
    public void A_line_without_the_field_and_a_period_without_a_line_say_nothing()
    {
        var contributors = new ChangeContributors(["host"]);
        contributors.Add(isLater: true, "");
        contributors.Explain(exposure: 1).ShouldBeEmpty();
        contributors.Add(isLater: false, "");
        contributors.Explain(exposure: 1).ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => contributors.Add(true, "one", "two"));
    }

    [Fact]
    public void Frequent_keys_are_kept_however_many_rare_ones_pass()
    {
        var counts = new SpaceSaving(mostKeys: 20);
        for (var i = 0; i < 10_000; i++)
        {
            counts.Add(i % 10 == 0 ? "frequent" : $"rare-{i}", isLater: i >= 5_000);
        }

        counts.Counters.Count().ShouldBe(20);
        var kept = counts.Counters.Single(counter => counter.Key == "frequent");
        kept.Estimate.ShouldBeGreaterThanOrEqualTo(1_000);
        (kept.Earlier + kept.Later).ShouldBeInRange(kept.Estimate - kept.Error, 1_000);
        counts.Counters.Sum(counter => counter.Estimate).ShouldBe(10_000);
    }

    [Fact]
    public void With_room_for_all_counts_are_exact()
    {
        var counts = new SpaceSaving(mostKeys: 100);
        for (var i = 0; i < 5_050; i++)
        {
            counts.Add($"key-{i % 100}", isLater: i % 2 == 0);
        }

        counts.Counters.ShouldAllBe(counter => counter.Error == 0);
        counts.Counters.Single(counter => counter.Key == "key-7").ShouldBe(new SpaceSaving.Counter("key-7", 51, 0, 0));
        counts.Counters.Single(counter => counter.Key == "key-98").ShouldBe(new SpaceSaving.Counter("key-98", 0, 50, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new SpaceSaving(0));
    }
}
