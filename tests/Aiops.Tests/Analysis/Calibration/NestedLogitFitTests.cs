using Aiops.Analysis.Calibration;

namespace Aiops.Tests.Analysis.Calibration;

public sealed class NestedLogitFitTests
{
    private const double Wide = 100;

    private static readonly NestedLogit Start = new(1, 0, 0, 1, 0);

    [Fact]
    public void Parameters_behind_drawn_outcomes_are_found_again()
    {
        var truth = new NestedLogit(Sharpness: 2.5, Lead: 0.8, Level: -1.5, Slope: 2, Unseen: -1);

        var fitted = NestedLogitFit.Fit(Draw(truth, 24_000), Start, Wide);

        fitted.Sharpness.ShouldBe(truth.Sharpness, 0.25);
        fitted.Lead.ShouldBe(truth.Lead, 0.25);
        fitted.Level.ShouldBe(truth.Level, 0.35);
        fitted.Slope.ShouldBe(truth.Slope, 0.25);
        fitted.Unseen.ShouldBe(truth.Unseen, 0.35);
    }

    [Fact]
    public void Without_cases_the_prior_stays_as_it_is()
    {
        var prior = new NestedLogit(3, 0.5, -2, 4, -1);

        var fitted = NestedLogitFit.Fit([], prior, 1);

        fitted.Sharpness.ShouldBe(prior.Sharpness, 1e-6);
        (fitted with { Sharpness = prior.Sharpness }).ShouldBe(prior);
    }

    [Fact]
    public void The_narrower_the_prior_the_less_the_cases_move_it()
    {
        var cases = Draw(new NestedLogit(4, 0, 0, 3, 0), 100);
        var prior = Start;

        double Moved(double deviation) => NestedLogitFit.Fit(cases, prior, deviation).Sharpness - prior.Sharpness;

        Moved(0.1).ShouldBeGreaterThan(0);
        Moved(1).ShouldBeGreaterThan(Moved(0.1));
        Moved(10).ShouldBeGreaterThan(Moved(1));
    }

    [Fact]
    public void The_order_of_the_cases_does_not_matter()
    {
        var cases = Draw(new NestedLogit(2, 0.3, 0, 2, -1), 300);

        var forwards = NestedLogitFit.Fit(cases, Start, 1);
        var backwards = NestedLogitFit.Fit([.. cases.Reverse()], Start, 1);

        backwards.Sharpness.ShouldBe(forwards.Sharpness, 1e-6);
        backwards.Level.ShouldBe(forwards.Level, 1e-6);
        backwards.Slope.ShouldBe(forwards.Slope, 1e-6);
    }

    [Fact]
    public void Answers_that_are_always_right_leave_the_parameters_finite()
    {
        var cases = Enumerable.Range(1, 50).Select(i => new KnownRanking(Ranking(i, i / 2.0), Cause: 0)).ToList();

        var fitted = NestedLogitFit.Fit(cases, Start, 10);

        double.IsFinite(fitted.Level + fitted.Slope + fitted.Unseen + fitted.Sharpness).ShouldBeTrue();
        fitted.Judge(Ranking(10, 5)).Suspects[0].ShouldBeInRange(0.9, 0.98);
    }

    [Fact]
    public void A_ranking_worse_than_chance_is_not_turned_round()
    {
        var cases = Enumerable.Range(1, 50).Select(i => new KnownRanking(Ranking(i + 3, i), Cause: 1)).ToList();

        var fitted = NestedLogitFit.Fit(cases, Start, Wide);

        fitted.Sharpness.ShouldBeGreaterThan(0);
        fitted.Lead.ShouldBe(0);
        var answer = fitted.Judge(Ranking(6, 3));
        answer.Suspects[0].ShouldBeGreaterThanOrEqualTo(answer.Suspects[1]);
    }

    [Fact]
    public void A_cause_among_three_that_tie_for_first_is_a_third_right()
    {
        new KnownRanking(Ranking(4, 4, 4, 1), Cause: 1).FirstIsRight.ShouldBe(1.0 / 3, 1e-12);
        new KnownRanking(Ranking(4, 4, 4, 1), Cause: 3).FirstIsRight.ShouldBe(0);
        new KnownRanking(Ranking(4, 3), Cause: null).FirstIsRight.ShouldBe(0);
        new KnownRanking(Ranking(4, 3), Cause: 0).FirstIsRight.ShouldBe(1);
    }

    [Fact]
    public void Seeing_less_never_makes_surer()
    {
        var cases = Draw(new NestedLogit(2, 0.5, 0, 2, Unseen: 2), 1_000);

        var fitted = NestedLogitFit.Fit(cases, Start, Wide);

        fitted.Unseen.ShouldBe(0);
        fitted.Level.ShouldBeGreaterThan(0.1); // What the unseen added is in the level instead.
    }

    private static RankingFeatures Ranking(params double[] scores) => new() { Scores = scores, NoneScore = 2 };

    private static IReadOnlyList<KnownRanking> Draw(NestedLogit truth, int count)
    {
        var random = new Random(20_260_316);
        List<KnownRanking> cases = [];
        for (var i = 0; i < count; i++)
        {
            var scores = Enumerable.Range(0, random.Next(2, 6)).Select(_ => random.NextDouble() * 8).OrderDescending().ToArray();
            var ranking = Ranking(scores) with { UnseenShare = random.NextDouble() };
            var probabilities = truth.Judge(ranking);
            var draw = random.NextDouble();
            var cause = 0;
            while (cause < scores.Length && (draw -= probabilities.Suspects[cause]) >= 0)
            {
                cause++;
            }

            cases.Add(new KnownRanking(ranking, cause < scores.Length ? cause : null));
        }

        return cases;
    }
}
