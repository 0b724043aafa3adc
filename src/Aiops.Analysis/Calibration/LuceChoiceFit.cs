namespace Aiops.Analysis.Calibration;

/// <summary>Fits a <see cref="LuceChoice"/> to rankings whose true cause is known: the most probable parameters, given a prior.</summary>
/// <remarks>
/// Maximises the sum of weighted log probabilities of what was true, less half the squared distance to the prior over its
/// variance, by Newton's method with halved steps. The outside share makes the likelihood a mixture; each step takes the
/// responsibilities of the parameters before it, as expectation maximisation does [Dempster1977].
/// [Dempster1977] A. Dempster, N. Laird, D. Rubin: Maximum Likelihood from Incomplete Data via the EM Algorithm, JRSS B 39 (1977).
/// </remarks>
public static class LuceChoiceFit
{
    private const int MostSteps = 100;
    private const double Settled = 1e-10;
    private const double LeastExponent = 0.05; // A ranking that is worse than chance is still not turned round.

    /// <param name="cases">In any order up to rounding; too few leave the prior as it is.</param>
    /// <param name="deviation">The prior's standard deviation, the same for each parameter.</param>
    public static LuceChoice Fit(IReadOnlyList<KnownRanking> cases, LuceChoice prior, double deviation)
    {
        var centre = prior.ToVector();
        var at = prior.ToVector();
        var value = Objective(cases, at, centre, deviation);
        for (var step = 0; step < MostSteps; step++)
        {
            var direction = NewtonStep(cases, at, centre, deviation);
            var (next, reached) = LineSearch(direction, at, value, candidate => Objective(cases, candidate, centre, deviation));
            var gain = reached - value;
            (at, value) = (next, reached);
            if (gain < Settled)
            {
                break;
            }
        }

        return LuceChoice.Of(at);
    }

    private static (double[] At, double Value) LineSearch(double[] direction, double[] from, double value, Func<double[], double> objective)
    {
        for (var length = 1.0; length > 1e-6; length /= 2)
        {
            var candidate = from.Zip(direction, (x, d) => x + (length * d)).ToArray();
            candidate[0] = Math.Max(LeastExponent, candidate[0]);
            var reached = objective(candidate);
            if (reached > value)
            {
                return (candidate, reached);
            }
        }

        return (from, value);
    }

    private static double Objective(IReadOnlyList<KnownRanking> cases, double[] at, double[] centre, double deviation)
    {
        var choice = LuceChoice.Of(at);
        var sum = 0.0;
        foreach (var one in cases)
        {
            var probabilities = choice.Judge(one.Ranking);
            sum += one.Weight * Math.Log(one.Cause is { } cause ? probabilities.Suspects[cause] : probabilities.None);
        }

        for (var i = 0; i < at.Length; i++)
        {
            var z = (at[i] - centre[i]) / deviation;
            sum -= z * z / 2;
        }

        return sum;
    }

    /// <summary>The gradient and the curvature of the conditional logit, and the step that they ask for.</summary>
    private static double[] NewtonStep(IReadOnlyList<KnownRanking> cases, double[] at, double[] centre, double deviation)
    {
        const int N = LuceChoice.Parameters;
        var choice = LuceChoice.Of(at);
        var gradient = new double[N];
        var curvature = new double[N, N];
        var (mean, row) = (new double[N], new double[N]);
        for (var i = 0; i < N; i++)
        {
            gradient[i] = (centre[i] - at[i]) / (deviation * deviation);
            curvature[i, i] = 1 / (deviation * deviation);
        }

        foreach (var one in cases)
        {
            var shares = new double[one.Ranking.Scores.Count + 1];
            choice.Shares(one.Ranking, shares);
            const double Inside = 1 - LuceChoice.OutsideShare;
            var weight = one.Weight * (one.Cause is null ? Inside * shares[^1] / ((Inside * shares[^1]) + LuceChoice.OutsideShare) : 1);
            Array.Clear(mean);
            for (var k = 0; k < shares.Length; k++)
            {
                Design(one.Ranking, k, row);
                for (var i = 0; i < N; i++)
                {
                    mean[i] += shares[k] * row[i];
                }
            }

            for (var k = 0; k < shares.Length; k++)
            {
                Design(one.Ranking, k, row);
                var chosen = k == (one.Cause ?? shares.Length - 1) ? 1 : 0;
                for (var i = 0; i < N; i++)
                {
                    gradient[i] += weight * chosen * (row[i] - mean[i]);
                    for (var j = 0; j < N; j++)
                    {
                        curvature[i, j] += weight * shares[k] * (row[i] - mean[i]) * (row[j] - mean[j]);
                    }
                }
            }
        }

        return Solve(curvature, gradient);
    }

    /// <summary>What each parameter is multiplied by for the k-th answer; the last answer is "none".</summary>
    private static void Design(RankingFeatures ranking, int k, double[] row)
    {
        var isNone = k == ranking.Scores.Count;
        row[0] = isNone ? 0 : LuceChoice.Evidence(ranking.Scores[k]);
        row[1] = isNone ? 1 : 0;
        row[2] = isNone ? ranking.UnseenShare : 0;
    }

    /// <summary>Gauss's elimination; the prior keeps the matrix positive definite, so no pivot is 0.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var n = right.Length;
        for (var i = 0; i < n; i++)
        {
            for (var below = i + 1; below < n; below++)
            {
                var factor = matrix[below, i] / matrix[i, i];
                for (var j = i; j < n; j++)
                {
                    matrix[below, j] -= factor * matrix[i, j];
                }

                right[below] -= factor * right[i];
            }
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < n; j++)
            {
                right[i] -= matrix[i, j] * right[j];
            }

            right[i] /= matrix[i, i];
        }

        return right;
    }
}

/// <summary>A ranking, and what turned out to be true.</summary>
/// <param name="Cause">The cause's place in <see cref="RankingFeatures.Scores"/>; null when it was none of them.</param>
public readonly record struct KnownRanking(RankingFeatures Ranking, int? Cause, double Weight = 1);
