using Aiops.Analysis.Calibration;

namespace Aiops.Analysis.Learning;

/// <summary>Revises the engine's probabilities by what reviews taught: who it was in cases like this, and how often we were right.</summary>
/// <remarks>
/// A conditional logit [McFadden1974] of two utilities, the engine's log probability and the memory's log odds. The memory's
/// coefficient is fitted to the cases, each judged by those before it alone, with a prior that trusts it in part: where
/// likeness misleads, it goes to nothing by itself. The first one's confidence then moves by the log odds by which reviewers
/// agreed more or less often than they were promised, over all, by kind and by service, each shrunk towards the one before.
/// Pure: the same cases in the same order give the same answer; with none, the engine's own.
/// [McFadden1974] D. McFadden: Conditional Logit Analysis of Qualitative Choice Behavior, in Frontiers in Econometrics, 1974.
/// </remarks>
public sealed class LearnedRanking
{
    /// <summary>What the memory's coefficient is before anything is known, and its standard deviation.</summary>
    public const double PriorTrust = 0.8, TrustDeviation = 0.4;

    /// <summary>The standard deviation of the log odds by which agreement departs from what was promised, one level from the next.</summary>
    public const double AgreementDeviation = 0.7;

    /// <summary>The newest cases that coefficient and agreement are fitted to; likeness remembers all.</summary>
    public const int FittedCases = 300;

    /// <summary>Confidence is never nearer to 0 or 1: one in a hundred is for what nobody thought of.</summary>
    public const double Least = 0.01, Most = 0.99;

    private const double Tie = 1e-12;

    private readonly CaseMemory memory;
    private readonly IReadOnlyList<KnownCase> cases;
    private readonly Dictionary<string, double> offsets = new(StringComparer.Ordinal);

    /// <param name="cases">In the order in which they were judged.</param>
    public LearnedRanking(IReadOnlyList<KnownCase> cases)
    {
        this.cases = cases;
        memory = new CaseMemory(cases);
        var fitted = Enumerable.Range(0, cases.Count).Skip(cases.Count - FittedCases).Where(i => cases[i].Suspects.Count > 0)
            .Select(i => (Case: cases[i], Ratios: Ratios(cases[i].Suspects, i))).ToList();
        Trust = FitTrust([.. fitted.Where(one => one.Case is { Cause: not null, Suspects.Count: > 1 })]);
        FitAgreement(fitted);
    }

    /// <summary>The memory's coefficient as fitted, not negative.</summary>
    public double Trust { get; }

    /// <param name="suspects">In the order of the engine.</param>
    /// <param name="none">The engine's probability that it is none of them.</param>
    /// <param name="groups">As in <see cref="KnownCase.Groups"/>.</param>
    /// <returns>A suspect's answer at its own index; together never more than those handed in and <paramref name="none"/>.</returns>
    public IReadOnlyList<RevisedSuspect> Revise(IReadOnlyList<KnownSuspect> suspects, double none, IReadOnlyList<string> groups)
    {
        if (cases.Count == 0 || suspects.Count == 0)
        {
            return [.. suspects.Select(suspect => new RevisedSuspect(suspect.Probability, new Recollection(0, null, null)))];
        }

        var recollections = suspects.Select(suspect => memory.Recall(suspect, cases.Count)).ToList();
        var shares = Shares(suspects, [.. recollections.Select(recollection => recollection.LogOdds)], Trust);
        var total = suspects.Sum(suspect => suspect.Probability);
        var most = shares.Max();
        var first = most * total;

        // Of several that tie for first none is sure enough to be made surer, nor told from the others by the order of a list.
        var agreed = shares.Count(share => share > most - Tie) > 1
            ? first
            : Math.Min(total + none, Math.Clamp(Logistic.Sigmoid(LogOdds(first) + OffsetOf(groups)), Least, Most));

        // Less sure of the first is less sure of all, for their order stands; surer of it takes from the others and from "none".
        var others = agreed <= first ? agreed / first : (total + none - agreed) / (total + none - first);
        return [.. shares.Select((share, i) => new RevisedSuspect(share > most - Tie ? agreed : share * total * others, recollections[i]))];
    }

    private double[] Ratios(IReadOnlyList<KnownSuspect> suspects, int before)
        => [.. suspects.Select(suspect => memory.Recall(suspect, before).LogOdds)];

    private static double[] Shares(IReadOnlyList<KnownSuspect> suspects, double[] ratios, double trust)
    {
        var utilities = suspects.Select((suspect, i) => Math.Log(Math.Max(suspect.Probability, 1e-9)) + (trust * ratios[i])).ToArray();
        var most = utilities.Max();
        var weights = utilities.Select(utility => Math.Exp(utility - most)).ToArray();
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>The most probable coefficient: Newton on a concave posterior.</summary>
    private static double FitTrust(IReadOnlyList<(KnownCase Case, double[] Ratios)> judged)
    {
        var at = PriorTrust;
        for (var step = 0; step < 50; step++)
        {
            var gradient = (PriorTrust - at) / (TrustDeviation * TrustDeviation);
            var curvature = 1 / (TrustDeviation * TrustDeviation);
            foreach (var (known, ratios) in judged)
            {
                var shares = Shares(known.Suspects, ratios, at);
                var mean = shares.Zip(ratios, (share, ratio) => share * ratio).Sum();
                gradient += ratios[known.Cause!.Value] - mean;
                curvature += shares.Zip(ratios, (share, ratio) => share * (ratio - mean) * (ratio - mean)).Sum();
            }

            var move = gradient / curvature;
            at += move;
            if (Math.Abs(move) < 1e-10)
            {
                break;
            }
        }

        return Math.Max(0, at);
    }

    /// <summary>Level by level: all, then each kind, then each service within what is above it.</summary>
    private void FitAgreement(IReadOnlyList<(KnownCase Case, double[] Ratios)> judged)
    {
        var promised = judged.Select(one =>
        {
            var shares = Shares(one.Case.Suspects, one.Ratios, Trust);
            var first = Array.IndexOf(shares, shares.Max());
            var total = one.Case.Suspects.Sum(suspect => suspect.Probability);
            return (one.Case.Groups, Odds: LogOdds(Math.Clamp(shares[first] * total, Least, Most)), Right: first == one.Case.Cause);
        }).ToList();
        offsets[""] = Logistic.FitOffset([.. promised.Select(one => (one.Odds, one.Right))], 0, AgreementDeviation);
        for (var depth = 0; depth < promised.Select(one => one.Groups.Count).DefaultIfEmpty(0).Max(); depth++)
        {
            foreach (var group in promised.Where(one => one.Groups.Count > depth).GroupBy(one => Key(one.Groups, depth + 1), StringComparer.Ordinal))
            {
                var prior = offsets[Key(group.First().Groups, depth)];
                offsets[group.Key] = Logistic.FitOffset([.. group.Select(one => (one.Odds, one.Right))], prior, AgreementDeviation);
            }
        }
    }

    private double OffsetOf(IReadOnlyList<string> groups)
    {
        for (var depth = groups.Count; depth >= 0; depth--)
        {
            if (offsets.TryGetValue(Key(groups, depth), out var offset))
            {
                return offset;
            }
        }

        return 0;
    }

    private static string Key(IReadOnlyList<string> groups, int depth) => string.Join('\n', groups.Take(depth));

    private static double LogOdds(double probability)
    {
        var p = Math.Clamp(probability, Least, Most);
        return Math.Log(p / (1 - p));
    }
}

/// <param name="Probability">0 to 1.</param>
/// <param name="Recollection">What cases like it said.</param>
public sealed record RevisedSuspect(double Probability, Recollection Recollection);
