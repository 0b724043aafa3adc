using Aiops.Accuracy.Calibration;
using Aiops.Accuracy.Learning;
using Aiops.Accuracy.RootCauses;
using Aiops.Analysis.RootCauses;
using Aiops.Pipeline;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.FindRootCause.Learned;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;

namespace Aiops.Tests.Pipeline.FindRootCause.Learned;

public sealed class LearnedCausesTests
{
    [Fact]
    public async Task A_wrong_answer_that_is_corrected_gets_right_though_it_comes_again_under_other_names()
    {
        var missed = await MissedAsync();
        var first = Untaught(missed);
        first.Ranking.Suspects[0].Component.ShouldNotBe(missed.Truth.Component);

        var again = RenamedServices.Rename(missed);
        double Confidence(RootCauseRanking ranking) => ranking.Suspects.Single(suspect => suspect.Component == again.Truth.Component).Confidence;
        RootCauseRanking After(int reviews) => LearnedAnswer.Of(
            again.Case,
            new LearnedCauses(new CaseSnapshot(reviews, [.. Enumerable.Range(1, reviews).Select(i => Record(CaseOf($"INC-{i}", missed, first, Verdict.Corrected)))]), "INC-99"),
            IncidentKind.Unknown).Ranking;

        Confidence(After(1)).ShouldBeGreaterThan(2 * Confidence(Untaught(again).Ranking));
        Confidence(After(2)).ShouldBeGreaterThan(Confidence(After(1)));
        var learned = After(4);
        learned.Suspects[0].Component.ShouldBe(again.Truth.Component);
        var seen = learned.Suspects[0].For.OfType<Finding.SeenBefore>().ShouldHaveSingleItem();
        FindingText.Of(seen).ShouldContain("INC-4");
        seen.CaseId.ShouldBe("INC-4", "of equally alike ones the newest");
    }

    [Fact]
    public async Task What_was_named_and_rejected_is_less_probable_the_next_time_and_nothing_is_held_against_the_others()
    {
        var missed = await MissedAsync();
        var first = Untaught(missed);
        var named = first.Ranking.Suspects[0];
        var rejected = CaseOf("INC-1", missed, first, Verdict.Rejected) with { Component = null, Named = named.Component };
        var (ranking, _) = LearnedAnswer.Of(missed.Case, new LearnedCauses(Snapshot(rejected), "INC-2"), IncidentKind.Unknown);
        ranking.Suspects.Single(suspect => suspect.Component == named.Component).Confidence.ShouldBeLessThan(named.Confidence);
        ranking.Suspects.Where(suspect => suspect.Against.OfType<Finding.SeenBefore>().Any()).Select(suspect => suspect.Component).ShouldContain(named.Component);
    }

    [Fact]
    public async Task A_revoked_case_leaves_no_trace()
    {
        var missed = await MissedAsync();
        var untaught = Untaught(missed);
        var revoked = new CaseSnapshot(2, [new CaseRecord("s", CaseOf("INC-1", missed, untaught, Verdict.Corrected), 2, CaseStatus.Revoked)]);
        var (ranking, _) = LearnedAnswer.Of(missed.Case, new LearnedCauses(revoked, "INC-2"), IncidentKind.Unknown);
        (ranking.NoneProbability, ranking.Onset).ShouldBe((untaught.Ranking.NoneProbability, untaught.Ranking.Onset));
        Told(ranking).ShouldBe(Told(untaught.Ranking));
    }

    [Fact]
    public async Task An_incident_that_is_analysed_again_is_not_told_by_its_own_case()
    {
        var missed = await MissedAsync();
        var untaught = Untaught(missed);
        var own = new LearnedCauses(Snapshot(CaseOf("INC-1", missed, untaught, Verdict.Corrected)), "INC-1");
        Told(LearnedAnswer.Of(missed.Case, own, IncidentKind.Unknown).Ranking).ShouldBe(Told(untaught.Ranking));
    }

    [Fact]
    public async Task What_a_case_keeps_is_the_engine_s_own_answer_whatever_was_learned_before()
    {
        var missed = await MissedAsync();
        var untaught = Untaught(missed);
        var taught = LearnedAnswer.Of(missed.Case, new LearnedCauses(Snapshot(CaseOf("INC-1", missed, untaught, Verdict.Corrected)), "INC-2"), IncidentKind.Unknown);
        taught.Signatures.Select(signature => (signature.Component, signature.Score)).ShouldBe(untaught.Signatures.Select(signature => (signature.Component, signature.Score)));
    }

    [Fact]
    public async Task No_feature_but_one_says_a_name()
    {
        var missed = await MissedAsync();
        var names = missed.Case.Topology.Components.Select(component => component.Name).ToList();
        var features = Untaught(missed).Signatures.SelectMany(signature => signature.Features).Where(feature => !feature.StartsWith("is:named:", StringComparison.Ordinal));
        features.ShouldAllBe(feature => !names.Any(name => feature.Contains(name, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The first simulated incident whose true cause is a suspect and not the first.</summary>
    private static async Task<LabelledCase> MissedAsync()
    {
        await foreach (var drawn in SimulatedCases.DrawAsync(30_000_001, 200, default))
        {
            if (drawn.Truth.Component is { } cause && Untaught(drawn).Ranking.Suspects is [var first, ..] suspects
                && first.Component != cause && suspects.Any(suspect => suspect.Component == cause && suspect.Confidence < first.Confidence))
            {
                return drawn;
            }
        }

        throw new InvalidOperationException("The engine misses none of 200 simulated incidents: draw harder ones.");
    }

    private static LearnedAnswer Untaught(LabelledCase labelled) => LearnedAnswer.Of(labelled.Case, null, IncidentKind.Unknown);

    private static IEnumerable<(string, double, int)> Told(RootCauseRanking ranking)
        => ranking.Suspects.Select(suspect => (suspect.Component, suspect.Confidence, suspect.For.Count + suspect.Against.Count));

    private static CaseSnapshot Snapshot(PastCase past) => new(1, [Record(past)]);

    private static CaseRecord Record(PastCase past) => new("s", past, 1, CaseStatus.Current);

    private static PastCase CaseOf(string id, LabelledCase labelled, LearnedAnswer answer, Verdict verdict) => new(
        id, labelled.Name, DateTimeOffset.UnixEpoch, new IncidentFingerprint(IncidentKind.Unknown, [], [], [], []) { Suspects = answer.Signatures },
        labelled.Truth.Kind, labelled.Truth.Component)
    {
        Verdict = verdict,
        Named = answer.Ranking.Suspects[0].Component,
    };
}
