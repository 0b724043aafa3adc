namespace Aiops.Analysis.Learning;

/// <summary>How often suspects like this one turned out to be the cause.</summary>
/// <remarks>
/// A kernel estimate [Nadaraya1964] over all suspects of all judged cases: each votes with a power of its likeness, and the
/// rate is shrunk towards that of any suspect, so a single lukewarm likeness moves little and a suspect like none isn't moved
/// at all. Alike are two in what they are and in what they show, each counting half: the same service with another fault, and
/// the same fault in another service, are half a memory each. That one looks like bystanders takes back what it gains by
/// looking like causes and no more, for whoever was never the cause may be it now; only those that were named and that a
/// reviewer ruled out speak against. Sums run in the order of the cases.
/// [Nadaraya1964] E. A. Nadaraya: On Estimating Regression, Theory of Probability and its Applications 9, 1964.
/// </remarks>
public sealed class CaseMemory
{
    /// <summary>Of the likeness in the kernel: half alike counts for a sixteenth of the same.</summary>
    public const double Power = 4;

    /// <summary>How many suspects exactly like it the general rate counts for: little, for one case that is the same is telling.</summary>
    public const double Shrinkage = 0.1;

    private const double LeastLikeness = 0.2; // Below this a vote is noise, and there are very many such.

    private readonly List<(string CaseId, bool IsCause, bool IsRuledOut)> remembered = [];
    private readonly FeatureLikeness being;
    private readonly FeatureLikeness showing;
    private readonly int[] firstOfCase;

    /// <param name="cases">In the order in which they were judged.</param>
    public CaseMemory(IReadOnlyList<KnownCase> cases)
    {
        List<KnownSuspect> suspects = [];
        firstOfCase = new int[cases.Count + 1];
        for (var i = 0; i < cases.Count; i++)
        {
            firstOfCase[i] = suspects.Count;
            foreach (var (at, suspect) in cases[i].Suspects.Index())
            {
                suspects.Add(suspect);
                remembered.Add((cases[i].Id, at == cases[i].Cause, at == cases[i].Named && at != cases[i].Cause));
            }
        }

        firstOfCase[^1] = suspects.Count;
        GeneralRate = (remembered.Count(one => one.IsCause) + 1) / (remembered.Count + 4.0); // A quarter when nothing is known; never 0.
        being = new FeatureLikeness([.. suspects.Select(suspect => suspect.Is)]);
        showing = new FeatureLikeness([.. suspects.Select(suspect => suspect.Shows)]);
    }

    /// <summary>How often any suspect is the cause, above 0 and below 1.</summary>
    public double GeneralRate { get; }

    /// <param name="before">Only cases before the one of this index are remembered; all of them when it is their count.</param>
    public Recollection Recall(KnownSuspect suspect, int before)
    {
        var end = firstOfCase[before];
        var (alike, showsAlike) = (being.To(suspect.Is, end), showing.To(suspect.Shows, end));
        var (votes, votesForCause, votesAgainst) = (0.0, 0.0, 0.0);
        Likeness? cause = null, ruledOut = null;
        for (var i = 0; i < end; i++)
        {
            var likeness = (alike[i] + showsAlike[i]) / 2;
            if (likeness < LeastLikeness)
            {
                continue;
            }

            var vote = Math.Pow(likeness, Power);
            votes += vote;
            if (remembered[i].IsCause)
            {
                votesForCause += vote;
                cause = cause is not null && cause.Share > likeness ? cause : new Likeness(remembered[i].CaseId, likeness); // Of equal ones the newer.
            }
            else if (remembered[i].IsRuledOut)
            {
                votesAgainst += vote;
                ruledOut = ruledOut is not null && ruledOut.Share > likeness ? ruledOut : new Likeness(remembered[i].CaseId, likeness);
            }
        }

        var gain = Math.Max(0, Move(votesForCause, votes));
        return new Recollection(gain > 0 ? gain : Math.Min(0, Move(votesForCause, votesForCause + votesAgainst)), cause, ruledOut);
    }

    private double Move(double votesForCause, double votes)
        => votes == 0 ? 0 : LogOdds((votesForCause + (Shrinkage * GeneralRate)) / (votes + Shrinkage)) - LogOdds(GeneralRate);

    private static double LogOdds(double p) => Math.Log(p / (1 - p));
}

/// <summary>What judged cases say of a suspect.</summary>
/// <param name="LogOdds">By how much the log odds of being the cause are higher among suspects like it than among all; 0 when none is like it.</param>
/// <param name="Cause">The most alike that was the cause; null when none is like it.</param>
/// <param name="RuledOut">The most alike that was named and wasn't it.</param>
public sealed record Recollection(double LogOdds, Likeness? Cause, Likeness? RuledOut);

/// <param name="Share">How alike, 0 to 1.</param>
public sealed record Likeness(string CaseId, double Share);
