using Aiops.Analysis.Learning;
using Aiops.Analysis.RootCauses;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;

namespace Aiops.Pipeline.FindRootCause.Learned;

/// <summary>Revises a ranking by the reviewed cases of a scope. Pure: the same snapshot and ranking give the same on every host.</summary>
public sealed class LearnedCauses
{
    // Half a memory is the same service with another fault, or the same fault elsewhere: too little to name whom the evidence doesn't.
    private const double LeastToName = 0.5;

    private const double Tie = 1e-9; // A share: what is all but ruled out is told apart too.
    private const double LeastToTell = 0.1; // Nats: what moves the order by less isn't worth a line.

    /// <summary><see cref="Trust"/> before anything is learned.</summary>
    public const double UntaughtTrust = LearnedRanking.PriorTrust;

    private readonly LearnedRanking model;
    private readonly Dictionary<string, PastCase> cases;

    /// <param name="except">The incident that is judged: a case made of it must not tell what it is.</param>
    public LearnedCauses(CaseSnapshot snapshot, string except)
    {
        var ordered = snapshot.Current.Where(past => past.IncidentId != except)
            .OrderBy(past => past.ReviewedAt ?? past.OpenedAt).ThenBy(past => past.IncidentId, StringComparer.Ordinal).ToList();
        cases = ordered.ToDictionary(past => past.IncidentId, StringComparer.Ordinal);
        model = new LearnedRanking([.. ordered.Select(KnownCaseOf)]);
    }

    /// <summary>How much the cases' likeness is trusted, as they themselves taught; 1 is the engine's own weight.</summary>
    public double Trust => model.Trust;

    public IReadOnlyDictionary<string, PastCase> Cases => cases;

    /// <summary>
    /// The suspects in their new order, what is remembered of each among its findings. Where the engine names nobody, one is
    /// named that is likelier than nobody and looks more than half like a cause that was reviewed.
    /// </summary>
    /// <param name="signatures">Of the ranking's suspects, named or withheld, in their order.</param>
    public RootCauseRanking Revise(RootCauseRanking ranking, IReadOnlyList<SuspectSignature> signatures, IncidentKind kind, string? service)
    {
        List<Suspect> asked = [.. ranking.Suspects, .. ranking.Withheld];
        if (cases.Count == 0 || asked.Count == 0)
        {
            return ranking;
        }

        var revised = model.Revise([.. signatures.Select(KnownSuspectOf)], ranking.NoneProbability, GroupsOf(kind, service));
        List<Suspect> suspects = [.. asked.Zip(revised, Remembering)
            .OrderByDescending(suspect => Math.Round(suspect.Confidence, 12))
            .ThenBy(suspect => suspect.Rank).ThenBy(suspect => suspect.Component, StringComparer.Ordinal)];
        suspects = [.. suspects.Select(suspect => suspect with { Rank = 1 + suspects.Count(other => IsAbove(other, suspect)) })];
        var none = Math.Clamp(ranking.NoneProbability + asked.Sum(one => one.Confidence) - suspects.Sum(one => one.Confidence), 0, 1);
        if (ranking.Undecided is null)
        {
            return ranking with { Suspects = suspects, NoneProbability = none, Onset = suspects[0].Onset };
        }

        var known = suspects[0].For.OfType<Finding.SeenBefore>().FirstOrDefault();
        return known is { Share: > LeastToName } && suspects[0].Confidence > none
            ? ranking with { Suspects = suspects, NoneProbability = none, Onset = suspects[0].Onset, Undecided = null, Withheld = [], Leftovers = [] }
            : ranking with { Withheld = suspects, NoneProbability = none };
    }

    // Those that can't be told apart stay in the engine's order, and tie where it has them tie.
    private static bool IsAbove(Suspect one, Suspect other)
        => one.Confidence > other.Confidence * (1 + Tie) || (one.Confidence * (1 + Tie) >= other.Confidence && one.Rank < other.Rank);

    private Suspect Remembering(Suspect suspect, RevisedSuspect revised)
    {
        var weight = Trust * revised.Recollection.LogOdds;
        var likeness = weight > 0 ? revised.Recollection.Cause : revised.Recollection.RuledOut;
        suspect = suspect with { Confidence = revised.Probability };
        if (likeness is null || Math.Abs(weight) < LeastToTell)
        {
            return suspect;
        }

        var finding = new Finding.SeenBefore(suspect.Component, weight, likeness.CaseId, ToldOf(cases[likeness.CaseId]), likeness.Share);
        return weight > 0
            ? suspect with { Score = suspect.Score + weight, For = [.. suspect.For.Append(finding).OrderByDescending(one => one.Weight)] }
            : suspect with { Score = suspect.Score + weight, Against = [.. suspect.Against.Append(finding).OrderBy(one => one.Weight)] };
    }

    private static string ToldOf(PastCase past) => (past.Component, past.Cause) switch
    {
        ({ } component, { } cause) => $"{component}: {cause}",
        var (component, cause) => component ?? cause ?? "",
    };

    private static KnownCase KnownCaseOf(PastCase past)
    {
        List<SuspectSignature> suspects = [.. past.Fingerprint.Suspects.Where(suspect => past switch
        {
            { Verdict: Verdict.Rejected } => suspect.Component == past.Named, // What was named was wrong; of the others nothing is known.
            { Component: null } => false, // Who named no cause has judged nobody.
            _ => true,
        })];
        return new KnownCase(
            past.IncidentId,
            [.. suspects.Select(KnownSuspectOf)],
            suspects.FindIndex(suspect => suspect.Component == past.Component) is >= 0 and var cause ? cause : null,
            GroupsOf(past.Fingerprint.Kind, past.Fingerprint.Components is [var service, ..] ? service : null))
        {
            Named = suspects.FindIndex(suspect => suspect.Component == past.Named) is >= 0 and var named ? named : null,
            IsPartial = past.Verdict is Verdict.Rejected,
        };
    }

    private static KnownSuspect KnownSuspectOf(SuspectSignature signature) => new(
        [.. signature.Features.Where(feature => feature.StartsWith(SuspectFeatures.Being, StringComparison.Ordinal))],
        [.. signature.Features.Where(feature => !feature.StartsWith(SuspectFeatures.Being, StringComparison.Ordinal))],
        Math.Max(signature.Score, 1e-6));

    private static IReadOnlyList<string> GroupsOf(IncidentKind kind, string? service) => service is null ? [kind.ToString()] : [kind.ToString(), service];
}
