using Aiops.Analysis.Learning;
using FsCheck;
using FsCheck.Fluent;

namespace Aiops.Tests.Analysis.Learning;

public sealed class LearnedRankingTests
{
    private const double None = 0.1;

    private static readonly string[] Groups = ["Latency", "shop"];

    [Fact]
    public void With_nothing_learned_the_engine_s_own_answer_stands()
        => new LearnedRanking([]).Revise(Suspects(0.6, 0.3), None, Groups).Select(one => one.Probability).ShouldBe([0.6, 0.3]);

    [Fact]
    public void A_cause_that_was_reviewed_comes_first_the_next_time()
    {
        var model = new LearnedRanking([.. Enumerable.Range(0, 3).Select(i => new KnownCase($"INC-{i}", Suspects(0.6, 0.3), 1, Groups))]);
        var revised = model.Revise(Suspects(0.6, 0.3), None, Groups);
        revised[1].Probability.ShouldBeGreaterThan(revised[0].Probability);
        revised[1].Recollection.Cause!.CaseId.ShouldBe("INC-2");
    }

    [Fact]
    public void Likeness_that_misleads_loses_its_weight()
    {
        // The one that looks like the last cause is never it.
        var misleading = new LearnedRanking([.. Enumerable.Range(0, 40).Select(i => new KnownCase($"INC-{i}", Suspects(0.5, 0.4), i % 2, Groups))]);
        var telling = new LearnedRanking([.. Enumerable.Range(0, 40).Select(i => new KnownCase($"INC-{i}", Suspects(0.5, 0.4), 1, Groups))]);
        misleading.Trust.ShouldBeLessThan(LearnedRanking.PriorTrust);
        telling.Trust.ShouldBeGreaterThan(misleading.Trust);
        misleading.Trust.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void Confidence_that_reviewers_did_not_share_is_taken_back_and_shared_confidence_grows()
    {
        List<KnownSuspect> unknown = [new(["is:z"], ["z"], 0.7), new(["is:y"], ["y"], 0.1)];
        var disagreed = new LearnedRanking([.. Enumerable.Range(0, 12).Select(i => new KnownCase($"INC-{i}", Unlike(i), null, Groups))]);
        var agreed = new LearnedRanking([.. Enumerable.Range(0, 12).Select(i => new KnownCase($"INC-{i}", Unlike(i), 0, Groups))]);
        disagreed.Revise(unknown, 0.2, Groups)[0].Probability.ShouldBeLessThan(0.5);
        agreed.Revise(unknown, 0.2, Groups)[0].Probability.ShouldBeGreaterThan(0.75);

        static IReadOnlyList<KnownSuspect> Unlike(int i) => [new([$"is:{i}"], [$"shows:{i}"], 0.7), new([$"is:{i}b"], [$"shows:{i}b"], 0.1)];
    }

    [Fact]
    public void What_reviewers_say_of_one_kind_moves_that_kind_most_and_a_kind_never_seen_by_what_holds_over_all()
    {
        var model = new LearnedRanking([.. Enumerable.Range(0, 12).Select(i => new KnownCase($"INC-{i}", [new([$"is:{i}"], [$"s:{i}"], 0.7)], null, ["Latency", "shop"]) { IsPartial = true })]);
        List<KnownSuspect> asked = [new(["is:z"], ["z"], 0.7)];
        double Of(params string[] groups) => model.Revise(asked, 0.3, groups)[0].Probability;
        Of("Latency", "shop").ShouldBeLessThan(Of("Latency", "bank"));
        Of("Latency", "bank").ShouldBeLessThan(Of("Errors", "bank"));
        Of("Errors", "bank").ShouldBeLessThan(0.7);
    }

    [Fact]
    public void Cases_that_say_nothing_of_anybody_change_nothing()
    {
        var model = new LearnedRanking([new KnownCase("INC-1", [], null, Groups), new KnownCase("INC-2", [], null, Groups)]);
        var revised = model.Revise(Suspects(0.9949, 1e-12), 0.005, Groups);
        revised[0].Probability.ShouldBe(0.9949, 1e-12);
        revised[1].Probability.ShouldBe(1e-12, 1e-15);
    }

    [Fact]
    public void A_cause_that_the_engine_all_but_rules_out_comes_first_once_reviews_said_so_often_enough()
    {
        var model = new LearnedRanking([.. Enumerable.Range(0, 4).Select(i => new KnownCase($"INC-{i}", Suspects(0.98, 1e-20), 1, Groups))]);
        var revised = model.Revise(Suspects(0.98, 1e-20), 0.02, Groups);
        revised[1].Probability.ShouldBeGreaterThan(revised[0].Probability);
    }

    [Fact]
    public void Suspects_that_tie_stay_tied()
    {
        var model = new LearnedRanking([new KnownCase("INC-1", Suspects(0.6, 0.3), 0, Groups)]);
        List<KnownSuspect> tied = [new(["is:q"], ["q"], 0.4), new(["is:r"], ["r"], 0.4)];
        var revised = model.Revise(tied, 0.2, Groups);
        revised[0].Probability.ShouldBe(revised[1].Probability, 1e-12);
    }

    [Fact]
    public void Whatever_was_learned_probabilities_stay_probabilities()
    {
        var suspects = Gen.Choose(1, 5).SelectMany(count => Gen.Choose(1, 1000).ArrayOf(count));
        var cases = Gen.Choose(0, 8).SelectMany(count => Gen.Choose(-1, 2).ArrayOf(count));
        Prop.ForAll(suspects.ToArbitrary(), cases.ToArbitrary(), (weights, causes) =>
        {
            var sum = weights.Sum() * 1.25;
            var model = new LearnedRanking([.. causes.Select((cause, i) => new KnownCase($"INC-{i}", Suspects(0.5, 0.3, 0.1), cause < 0 ? null : cause, Groups))]);
            List<KnownSuspect> asked = [.. weights.Select((weight, i) => new KnownSuspect([$"is:{i}"], [$"shows:{i}"], weight / sum))];
            var revised = model.Revise(asked, 0.2, Groups);
            revised.ShouldAllBe(one => one.Probability >= 0 && one.Probability <= 1);
            revised.Sum(one => one.Probability).ShouldBeLessThanOrEqualTo(1 + 1e-9);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_same_cases_give_the_same_answer_bit_for_bit()
    {
        KnownCase[] cases = [.. Enumerable.Range(0, 30).Select(i => new KnownCase($"INC-{i}", Suspects(0.5, 0.3, 0.1), i % 3, Groups))];
        new LearnedRanking(cases).Revise(Suspects(0.4, 0.3), None, Groups).Select(one => one.Probability)
            .ShouldBe(new LearnedRanking(cases).Revise(Suspects(0.4, 0.3), None, Groups).Select(one => one.Probability));
    }

    private static IReadOnlyList<KnownSuspect> Suspects(params double[] probabilities)
        => [.. probabilities.Select((p, i) => new KnownSuspect([$"is:{i}"], [$"shows:{i}"], p))];
}
