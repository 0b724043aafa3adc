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

    [Fact]
    public void What_is_lost_at_random_leaves_an_exchange_as_sure_as_the_requests_left()
    {
        var whole = StandardisedShare.NatsOfExchange(Share(40, 0), Share(0, 40));
        var half = StandardisedShare.NatsOfExchange(Share(20, 0), Share(0, 20));
        half.ShouldBe(whole / 2, 1e-9);
        Share(20, 0).Nats.ShouldBeLessThan(half);
    }

    [Theory]
    [InlineData(40, 40, 0, 40)] // Nothing was lost.
    [InlineData(40, 0, 40, 0)]  // Nothing was gained.
    [InlineData(40, 30, 0, 30)] // Most came from elsewhere.
    public void Where_one_did_not_give_way_to_the_other_there_is_no_exchange(long lostBefore, long lostDuring, long gainedBefore, long gainedDuring)
        => StandardisedShare.NatsOfExchange(Share(lostBefore, lostDuring), Share(gainedBefore, gainedDuring)).ShouldBe(0);

    private static StandardisedShare Share(long before, long during) => StandardisedShare.Of([new Stratum(40, before, 40, during)]);
}
