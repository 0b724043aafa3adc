using Aiops.Accuracy.Anomalies;

namespace Aiops.Tests.Accuracy.Anomalies;

public class NabScorerTests
{
    private static readonly NabSeries Series = new(
        "kind/series.csv",
        new string[1_000],
        new long[1_000],
        new double[1_000],
        [new NabWindow(400, 499), new NabWindow(700, 799)]);

    [Fact]
    public void Never_to_alarm_is_worth_nothing_under_every_profile()
    {
        var tally = ScoreOf();
        tally.Score(NabProfile.Standard).ShouldBe(-2);
        NabProfile.All.ShouldAllBe(profile => tally.Normalised(profile) == 0);
    }

    [Fact]
    public void The_first_point_of_every_window_and_nothing_else_is_perfect()
        => ScoreOf(400, 700).Normalised(NabProfile.Standard).ShouldBe(100, 1e-9);

    [Theory]
    [InlineData(400, 1)]
    [InlineData(450, 0.859795)]  // (2 / (1 + exp(-2.5)) - 1) / (2 / (1 + exp(-5)) - 1)
    [InlineData(499, 0.025334)]  // Position -1/100.
    public void An_alarm_in_a_window_is_worth_less_the_later_it_comes(int at, double worth)
        => ScoreOf(at).Gained.ShouldBe(worth, 1e-5);

    [Fact]
    public void Only_the_first_alarm_in_a_window_counts()
        => ScoreOf(410, 420, 498).ShouldBe(ScoreOf(410));

    [Theory]
    [InlineData(200, 1)]         // Before any window.
    [InlineData(500, 0.025248)]  // Just behind one: (499 - 500) / 99.
    [InlineData(598, 0.986614)]  // A width behind.
    [InlineData(990, 0.999871)]  // 191 / 99 widths behind.
    public void A_false_alarm_costs_less_just_behind_a_window(int at, double cost)
    {
        var tally = ScoreOf(at);
        tally.FalseAlarms.ShouldBe(1);
        tally.Lost.ShouldBe(cost, 1e-5);
    }

    [Fact]
    public void Nothing_counts_during_probation()
    {
        ScoreOf(0, 100, 149).ShouldBe(ScoreOf());
        ScoreOf(150).FalseAlarms.ShouldBe(1);
    }

    [Theory]
    [InlineData(1_000, 150)]
    [InlineData(1_127, 169)]
    [InlineData(15_902, 750)]
    public void Probation_is_15_percent_of_at_most_5000_points(int length, int probation)
        => (Series with { Values = new double[length] }).Probation.ShouldBe(probation);

    [Fact]
    public void Profiles_differ_in_what_false_alarms_and_misses_cost()
    {
        var tally = ScoreOf(200, 400);
        tally.Score(NabProfile.Standard).ShouldBe(1 - 0.11 - 1, 1e-9);
        tally.Score(NabProfile.LowFalsePositives).ShouldBe(1 - 0.22 - 1, 1e-9);
        tally.Score(NabProfile.LowFalseNegatives).ShouldBe(1 - 0.11 - 2, 1e-9);
        tally.Normalised(NabProfile.LowFalseNegatives).ShouldBe(100 * (1 - 0.11 - 2 + 4) / 6, 1e-9);
    }

    [Fact]
    public void The_best_threshold_is_the_one_that_an_exhaustive_search_finds()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            double[] scores = [.. Enumerable.Range(0, Series.Length).Select(_ => Math.Round(random.NextDouble(), 2))];
            foreach (var profile in NabProfile.All)
            {
                var best = NabOptimiser.BestThreshold([Series], [scores], profile);
                var reached = At(best);
                scores.Distinct().Max(At).ShouldBeLessThanOrEqualTo(reached + 1e-9);
                double At(double threshold)
                    => NabScorer.Score(Series, Array.ConvertAll(scores, score => score >= threshold)).Score(profile);
            }
        }
    }

    private static NabTally ScoreOf(params int[] alarms)
    {
        var alarmed = new bool[Series.Length];
        Array.ForEach(alarms, at => alarmed[at] = true);
        return NabScorer.Score(Series, alarmed);
    }
}
