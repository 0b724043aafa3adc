using Aiops.Analysis.Traces;

namespace Aiops.Tests.Analysis.Traces;

public class StandardisedShareTests
{
    [Fact]
    public void One_kind_is_compared_as_it_is()
    {
        var share = StandardisedShare.Of([new Stratum(8, 8, 5, 0)]);
        (share.Before, share.During).ShouldBe((1, 0));
        share.Nats.ShouldBe((8 * Math.Log(13 / 8.0)) + (5 * Math.Log(13 / 5.0)), 1e-9);
    }

    [Fact]
    public void Another_mix_of_kinds_changes_nothing_where_each_kind_is_as_before()
    {
        var share = StandardisedShare.Of([new Stratum(100, 100, 10, 10), new Stratum(10, 0, 100, 0)]);
        share.Change.ShouldBe(0, 1e-12);
        share.Nats.ShouldBe(0, 1e-9);
    }

    [Fact]
    public void A_kind_that_one_period_lacks_says_nothing()
        => StandardisedShare.Of([new Stratum(0, 0, 50, 50), new Stratum(50, 0, 0, 0)]).ShouldBe(default);

    [Fact]
    public void The_order_of_kinds_does_not_matter()
    {
        Stratum[] kinds = [new(20, 5, 30, 11), new(7, 7, 3, 1), new(90, 2, 40, 0)];
        StandardisedShare.Of(kinds.Reverse()).Nats.ShouldBe(StandardisedShare.Of(kinds).Nats, 1e-9);
    }

    [Fact]
    public void More_than_all_counts_as_all() => StandardisedShare.Of([new Stratum(4, 8, 4, 0)]).Before.ShouldBe(1);
}
