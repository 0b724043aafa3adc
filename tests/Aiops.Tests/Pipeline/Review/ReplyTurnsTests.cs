using Aiops.Pipeline.Review.Tickets;

namespace Aiops.Tests.Pipeline.Review;

public sealed class ReplyTurnsTests
{
    [Theory]
    [InlineData(0, 300)]
    [InlineData(5, 3)]
    [InlineData(6, 2)]
    [InlineData(7, 2)]
    [InlineData(300, 300)]
    [InlineData(300, 1)]
    [InlineData(300, 0)]
    public void However_many_there_are_each_comes_round_and_no_run_asks_for_more_than_it_may(int open, int closed)
    {
        const int Most = 8;
        var turns = new ReplyTurns(Most);
        string[] opens = [.. Enumerable.Range(0, open).Select(i => $"open {i}")];
        string[] closes = [.. Enumerable.Range(0, closed).Select(i => $"closed {i}")];
        HashSet<string> seen = [];
        for (var run = 0; run < 200; run++)
        {
            var next = turns.Next(opens, closes);
            next.Count.ShouldBe(Math.Min(Most, open + closed));
            next.Distinct().Count().ShouldBe(next.Count);
            seen.UnionWith(next);
        }

        seen.Count.ShouldBe(open + closed);
    }

    [Fact]
    public void Where_closed_ones_are_not_due_open_ones_have_it_all()
        => new ReplyTurns(8).Next([.. Enumerable.Range(0, 9).Select(i => $"{i}")], []).Count.ShouldBe(8);
}
