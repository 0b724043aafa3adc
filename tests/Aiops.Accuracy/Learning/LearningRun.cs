using Aiops.Accuracy.RootCauses;
using Aiops.Analysis.RootCauses;
using Aiops.Pipeline;
using Aiops.Pipeline.FindRootCause.Learned;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;

namespace Aiops.Accuracy.Learning;

/// <summary>Judges cases in their order, each by what the ones before it taught, and then learns its label as a review.</summary>
internal sealed class LearningRun
{
    private const string Scope = "accuracy";

    private readonly List<CaseRecord> learned = [];
    private readonly HashSet<string> components = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string)> faults = [];

    /// <summary>Judges it, and then learns its label.</summary>
    /// <param name="asked">As it is judged, under whatever names.</param>
    /// <param name="known">The true cause's name before any renaming: tells whether it was reviewed before, and nothing else.</param>
    public JudgedCase Judge(AnsweredCase asked, string known)
    {
        var judged = Ask([asked], known)[0];
        Learn(asked, known);
        return judged;
    }

    /// <summary>Judges them by what was learned so far.</summary>
    public IReadOnlyList<JudgedCase> Ask(IReadOnlyList<AnsweredCase> asked, string known)
    {
        var model = learned.Count == 0 ? null : new LearnedCauses(new CaseSnapshot(learned.Count, learned), except: "");
        return [.. asked.Select(one =>
        {
            var (off, truth) = (one.Untaught, one.Labelled.Truth);
            var on = model is null ? off : off with { Ranking = model.Revise(off.Ranking, off.Signatures, IncidentKind.Unknown, one.Labelled.Case.Symptom?.Component) };
            return new JudgedCase(
                components.Contains(known), faults.Contains((known, truth.Kind ?? "")), Hits.Of(off, truth.Component!), Hits.Of(on, truth.Component!),
                model?.Trust ?? LearnedCauses.UntaughtTrust);
        })];
    }

    public void Learn(AnsweredCase asked, string known)
    {
        components.Add(known);
        faults.Add((known, asked.Labelled.Truth.Kind ?? ""));
        learned.Add(new CaseRecord(Scope, CaseOf(asked, asked.Untaught.Signatures), 1, CaseStatus.Current));
    }

    /// <summary>The share of alarms about which nobody is named, without and with what was learned.</summary>
    public (double Off, double On) NamesNobody(IReadOnlyList<RootCauseCase> quiet)
    {
        var model = new LearnedCauses(new CaseSnapshot(learned.Count, learned), "");
        return (quiet.Average(one => Of(one, null)), quiet.Average(one => Of(one, model)));

        static double Of(RootCauseCase one, LearnedCauses? model) => LearnedAnswer.Of(one, model, IncidentKind.Unknown).Ranking.Suspects.Count == 0 ? 1 : 0;
    }

    private PastCase CaseOf(AnsweredCase asked, IReadOnlyList<SuspectSignature> signatures) => new(
        $"{learned.Count:00000} {asked.Labelled.Name}",
        asked.Labelled.Name,
        DateTimeOffset.UnixEpoch.AddDays(learned.Count), // The order of judging, whatever the clock said.
        new IncidentFingerprint(IncidentKind.Unknown, asked.Labelled.Case.Symptom is { } symptom ? [symptom.Component] : [], [], [], []) { Suspects = signatures },
        asked.Labelled.Truth.Kind,
        asked.Labelled.Truth.Component)
    {
        Verdict = Verdict.Corrected,
        Named = asked.Untaught.Ranking.Suspects is [var first, ..] ? first.Component : null,
    };
}

/// <summary>A case with the engine's own answer, which no review changes.</summary>
internal sealed record AnsweredCase(LabelledCase Labelled, LearnedAnswer Untaught)
{
    public static AnsweredCase Of(LabelledCase labelled) => new(labelled, LearnedAnswer.Of(labelled.Case, null, IncidentKind.Unknown));
}

/// <summary>One case with and without what was learned.</summary>
/// <param name="ComponentSeen">Whether its true cause was the cause of an earlier case, whatever the fault.</param>
/// <param name="FaultSeen">Whether the same fault of the same component was.</param>
/// <param name="Trust">What likeness counted for.</param>
internal sealed record JudgedCase(bool ComponentSeen, bool FaultSeen, Hits Off, Hits On, double Trust);

/// <summary>How often the cause is first, and among three, by expectation where suspects tie; and what was promised of the first.</summary>
internal readonly record struct Hits(double Top1, double Top3, Forecast? Promise)
{
    public static Hits Of(LearnedAnswer answer, string cause)
    {
        var scores = answer.Ranking.Suspects.ToDictionary(suspect => suspect.Component, suspect => suspect.Confidence);
        var top1 = ExpectedHit.Among(1, scores, cause);
        return new Hits(top1, ExpectedHit.Among(3, scores, cause), answer.Ranking.Suspects is [var first, ..] ? new Forecast(first.Confidence, top1) : null);
    }
}
