using Aiops.Analysis.Retrieval;

namespace Aiops.Tests.Analysis.Retrieval;

public sealed class Bm25IndexTests
{
    private static readonly Bm25Index Index = new(new[]
    {
        "the pool is full", "the disk is full", "the pool pool pool waits", "a long text about the pool and the disk and the lock and the queue and the cache", "",
    }.Select(text => (IReadOnlyList<string>)text.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Fact]
    public void A_score_is_the_formula_worked_out_by_hand()
    {
        // "disk" is in 2 of 5 texts; the text has 4 terms, the mean is (4 + 4 + 5 + 18 + 0) / 5 = 6.2.
        var rarity = Math.Log(1 + ((5 - 2 + 0.5) / (2 + 0.5)));
        var expected = rarity * (1 * 2.2) / (1 + (1.2 * (0.25 + (0.75 * 4 / 6.2))));
        var found = Index.Search(["disk"], 10);
        found[0].Text.ShouldBe(1);
        found[0].Score.ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void A_text_that_says_it_more_often_comes_before_one_that_says_it_once_and_a_long_one_last()
        => Index.Search(["pool"], 10).Select(one => one.Text).ShouldBe([2, 0, 3]);

    [Fact]
    public void A_rare_word_counts_for_more_than_one_that_all_have()
        => Index.Search(["the", "disk"], 1).ShouldHaveSingleItem().Text.ShouldBe(1);

    [Fact]
    public void What_a_score_is_made_of_adds_up_to_it()
    {
        string[] query = ["the", "pool", "full", "nothing", "pool"];
        foreach (var found in Index.Search(query, 10))
        {
            Index.Explain(found.Text, query).Sum(part => part.Score).ShouldBe(found.Score, 1e-12);
        }

        Index.Explain(0, query).Select(part => part.Term).ShouldNotContain("nothing");
    }

    [Fact]
    public void Of_equals_the_first_comes_first_and_no_more_come_than_asked_for()
    {
        Bm25Index same = new(Enumerable.Repeat<IReadOnlyList<string>>(["a"], 9));
        same.Search(["a"], 3).Select(one => one.Text).ShouldBe([0, 1, 2]);
        same.Search(["a"], 0).ShouldBeEmpty();
        same.Search(["a"], 3, place => place % 4 == 3).Select(one => one.Text).ShouldBe([3, 7]);
    }

    [Fact]
    public void Nothing_is_found_in_nothing()
    {
        new Bm25Index([]).Search(["a"], 5).ShouldBeEmpty();
        new Bm25Index([[]]).Search(["a"], 5).ShouldBeEmpty();
        Index.Search([], 5).ShouldBeEmpty();
    }

    [Fact]
    public void Fused_a_text_that_two_rankings_find_beats_one_that_leads_in_one()
    {
        var fused = ReciprocalRankFusion.Fuse([7, 1, 2], [3, 1]);
        fused.Select(one => one.Text).ShouldBe([1, 3, 7, 2], "3 and 7 lead one each: the lower first");
        fused[0].Score.ShouldBe((1 / 62.0) + (1 / 62.0), 1e-15);
    }
}
