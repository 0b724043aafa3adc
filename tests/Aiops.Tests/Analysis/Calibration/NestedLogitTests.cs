using Aiops.Analysis.Calibration;

namespace Aiops.Tests.Analysis.Calibration;

public sealed class NestedLogitTests
{
    private static readonly NestedLogit Plain = new(Sharpness: 1, Lead: 0, Level: 0, Slope: 1, Unseen: -2);

    [Fact]
    public void One_finding_at_the_threshold_has_the_odds_of_the_level()
    {
        var answer = Plain.Judge(Ranking(1));

        answer.Suspects[0].ShouldBe((0.01 + 0.98) / 2, 1e-12);
        answer.None.ShouldBe((0.02 + 0.99) / 2, 1e-12);
    }

    [Fact]
    public void Suspects_share_in_proportion_to_a_power_of_their_evidence()
    {
        var answer = (Plain with { Sharpness = 3 }).Judge(Ranking(4, 2));

        (answer.Suspects[0] / answer.Suspects[1]).ShouldBe(Math.Pow(4.1 / 2.1, 3), 1e-9);
    }

    [Fact]
    public void Being_first_is_worth_its_lead_to_all_who_tie_for_it()
    {
        var answer = (Plain with { Lead = Math.Log(2) }).Judge(Ranking(2, 2, 1));

        answer.Suspects[0].ShouldBe(answer.Suspects[1]);
        (answer.Suspects[0] / answer.Suspects[2]).ShouldBe(2 * 2.1 / 1.1, 1e-9);
    }

    [Fact]
    public void Where_components_are_unseen_the_cause_may_be_one_of_them()
    {
        var half = Plain.Judge(Ranking(1) with { UnseenShare = 0.5 });

        half.Suspects[0].ShouldBe(0.01 + (0.97 / (1 + Math.E)), 1e-12); // Half of -2 in log odds.
    }

    [Fact]
    public void Suspects_that_tie_are_equally_probable()
    {
        var answer = Plain.Judge(Ranking(3, 3, 1));

        answer.Suspects[0].ShouldBe(answer.Suspects[1]);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Probabilities_sum_to_one_and_none_is_certain(int seed)
    {
        var (logit, ranking) = Draw(seed);

        var answer = logit.Judge(ranking);

        (answer.Suspects.Sum() + answer.None).ShouldBe(1, 1e-12);
        answer.Suspects.Append(answer.None).ShouldAllBe(p => p >= 0 && p < 1);
        answer.None.ShouldBeInRange(1 - NestedLogit.MostAny - 1e-12, 1 - NestedLogit.LeastAny + 1e-12);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_ranking_keeps_its_order(int seed)
    {
        var (logit, ranking) = Draw(seed);

        var answer = logit.Judge(ranking);

        answer.Suspects.ShouldBe(answer.Suspects.OrderDescending());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void More_evidence_for_a_suspect_never_makes_it_less_probable_nor_none_more(int seed)
    {
        var (logit, ranking) = Draw(seed);
        var before = logit.Judge(ranking);
        for (var i = 0; i < ranking.Scores.Count; i++)
        {
            var after = logit.Judge(ranking with { Scores = [.. ranking.Scores.Select((score, k) => k == i ? score + 0.7 : score)] });

            after.Suspects[i].ShouldBeGreaterThanOrEqualTo(before.Suspects[i]);
            after.None.ShouldBeLessThanOrEqualTo(before.None + 1e-15);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_order_in_which_suspects_are_given_does_not_matter(int seed)
    {
        var (logit, ranking) = Draw(seed);
        var forwards = logit.Judge(ranking);
        var backwards = logit.Judge(ranking with { Scores = [.. ranking.Scores.Reverse()] });

        backwards.None.ShouldBe(forwards.None);
        backwards.Suspects.Reverse().Zip(forwards.Suspects).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-12);
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(-1e9)]
    [InlineData(0)]
    public void Scores_out_of_all_bounds_still_give_probabilities(double score)
    {
        var answer = new NestedLogit(40, 2, 30, 40, -5).Judge(Ranking(score, -1e9));

        answer.Suspects.Append(answer.None).ShouldAllBe(p => p >= 0 && p < 1);
        (answer.Suspects.Sum() + answer.None).ShouldBe(1, 1e-12);
    }

    [Fact]
    public void What_ships_grows_with_the_evidence_and_shrinks_with_what_is_unseen()
    {
        var shipped = FittedConfidence.Shipped;

        shipped.Sharpness.ShouldBeGreaterThan(0);
        shipped.Lead.ShouldBeGreaterThanOrEqualTo(0);
        shipped.Slope.ShouldBeGreaterThan(0);
        shipped.Unseen.ShouldBeLessThanOrEqualTo(0);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    private static RankingFeatures Ranking(params double[] scores) => new() { Scores = scores, NoneScore = 2 };

    private static (NestedLogit Logit, RankingFeatures Ranking) Draw(int seed)
    {
        var random = new Random(seed);
        var scores = Enumerable.Range(0, random.Next(1, 12)).Select(_ => (random.NextDouble() * 25) - 4).OrderDescending().ToArray();
        var logit = new NestedLogit(0.1 + (5 * random.NextDouble()), 2 * random.NextDouble(), (8 * random.NextDouble()) - 4, 0.1 + (5 * random.NextDouble()), -3 * random.NextDouble());
        return (logit, Ranking(scores) with { UnseenShare = random.NextDouble() });
    }
}
