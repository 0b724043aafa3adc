using Aiops.Analysis.Calibration;

namespace Aiops.Analysis.Learning;

/// <summary>Revises the engine's probabilities by what reviews taught: who it was in cases like this, and how often we were right.</summary>
/// <remarks>
/// A conditional logit [McFadden1974] of two utilities, the engine's log probability and the memory's log odds. The memory's
/// coefficient is fitted to the cases, each judged by those before it alone, with a prior that trusts it in part: where
/// likeness misleads, it goes to nothing by itself. "None of them" is an alternative of its own, which nothing is remembered of. The first one's confidence then moves by the log odds by which reviewers
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
    private const double Unlikeliest = 1e-3; // What the engine calls less likely it has never been right or wrong about: reviews may say more.
    private const double Never = 1e-300;     // Where a logarithm still is a number.

    private readonly CaseMemory memory;
    private readonly IReadOnlyList<KnownCase> cases;
    private readonly Dictionary<string, double> offsets = new(StringComparer.Ordinal);

    /// <param name="cases">In the order in which they were judged.</param>
    public LearnedRanking(IReadOnlyList<KnownCase> cases)
    {
        this.cases = cases;
        memory = new CaseMemory(cases);
        var fitted = Enumerable.Range(0, cases.Count).Skip(cases.Count - FittedCases).Where(i => cases[i].Suspects.Count > 0)
            .Select(i => (Case: cases[i], Moves: Moves(cases[i].Suspects, i))).ToList();
        Trust = FitTrust([.. fitted.Where(one => !one.Case.IsPartial)]);
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
        var whole = suspects.Sum(suspect => suspect.Probability) + none;
        double[] shares = [.. Shares(suspects, none, [.. recollections.Select(recollection => recollection.LogOdds)], Trust).SkipLast(1).Select(share => share * whole)];
        var first = shares.Max();

        // Of several that tie for first none is sure enough to be made surer, nor told from the others by the order of a list.
        var agreed = shares.Count(share => share > first - Tie) > 1
            ? first
            : Math.Min(whole, Math.Clamp(Logistic.Sigmoid(LogOdds(first) + OffsetOf(groups)), Math.Min(first, Least), Math.Max(first, Most)));

        // Less sure of the first is less sure of all, for their order stands; surer of it takes from the others and from "none".
        var others = agreed <= first ? agreed / first : (whole - agreed) / (whole - first);
        return [.. shares.Select((share, i) => new RevisedSuspect(share > first - Tie ? agreed : share * others, recollections[i]))];
    }

    private double[] Moves(IReadOnlyList<KnownSuspect> suspects, int before)
        => [.. suspects.Select(suspect => memory.Recall(suspect, before).LogOdds)];

    /// <summary>Of each suspect, and last of none of them, which nothing is remembered of.</summary>
    private static double[] Shares(IReadOnlyList<KnownSuspect> suspects, double none, double[] moves, double trust)
    {
        double[] utilities =
        [
            .. suspects.Select((suspect, i) => Math.Log(Math.Max(suspect.Probability, Heard(moves[i]))) + (trust * moves[i])),
            Math.Log(Math.Max(none, Never)),
        ];
        var most = utilities.Max();
        var weights = utilities.Select(utility => Math.Exp(utility - most)).ToArray();
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>The least probability of a suspect that reviews speak for: the more they do, the less the engine rules it out.</summary>
    private static double Heard(double move) => move > 0 ? Math.Max(Never, Unlikeliest * (1 - Math.Exp(-move))) : Never;

    private static double NoneOf(KnownCase known) => 1 - known.Suspects.Sum(suspect => suspect.Probability);

    /// <summary>The most probable coefficient: Newton on a concave posterior.</summary>
    private static double FitTrust(IReadOnlyList<(KnownCase Case, double[] Moves)> judged)
    {
        var at = PriorTrust;
        for (var step = 0; step < 50; step++)
        {
            var gradient = (PriorTrust - at) / (TrustDeviation * TrustDeviation);
            var curvature = 1 / (TrustDeviation * TrustDeviation);
            foreach (var (known, moves) in judged)
            {
                var shares = Shares(known.Suspects, NoneOf(known), moves, at);
                var mean = shares.Zip(moves, (share, move) => share * move).Sum(); // None, the last of the shares, moves by nothing.
                gradient += (known.Cause is { } cause ? moves[cause] : 0) - mean;
                curvature += shares.Zip(moves, (share, move) => share * (move - mean) * (move - mean)).Sum() + (shares[^1] * mean * mean);
            }

            var change = Math.Clamp(gradient / curvature, -1, 1);
            at += change;
            if (Math.Abs(change) < 1e-10)
            {
                break;
            }
        }

        return Math.Max(0, at);
    }

    /// <summary>Level by level: all, then each kind, then each service within what is above it.</summary>
    private void FitAgreement(IReadOnlyList<(KnownCase Case, double[] Moves)> judged)
    {
        var promised = judged.Select(one =>
        {
            double[] shares = [.. Shares(one.Case.Suspects, NoneOf(one.Case), one.Moves, Trust).SkipLast(1)];
            var first = Array.IndexOf(shares, shares.Max());
            return (one.Case.Groups, Odds: LogOdds(shares[first]), Right: first == one.Case.Cause);
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
        var p = Math.Clamp(probability, 1e-9, 1 - 1e-9);
        return Math.Log(p / (1 - p));
    }
}

/// <param name="Probability">0 to 1.</param>
/// <param name="Recollection">What cases like it said.</param>
public sealed record RevisedSuspect(double Probability, Recollection Recollection);
