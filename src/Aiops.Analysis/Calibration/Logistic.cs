namespace Aiops.Analysis.Calibration;

/// <summary>Logistic regression with a Gaussian prior on each coefficient, by Newton's method with halved steps.</summary>
internal static class Logistic
{
    private const int MostSteps = 100;
    private const double Settled = 1e-12;

    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    /// <summary>log(1 + e^x), without overflow.</summary>
    public static double Softplus(double x) => x > 0 ? x + Math.Log(1 + Math.Exp(-x)) : Math.Log(1 + Math.Exp(x));

    /// <summary>The most probable number to add to known log odds.</summary>
    public static double FitOffset(IReadOnlyList<(double Odds, bool Outcome)> cases, double prior, double deviation)
    {
        var at = prior;
        for (var step = 0; step < MostSteps; step++)
        {
            var gradient = (prior - at) / (deviation * deviation);
            var curvature = 1 / (deviation * deviation);
            foreach (var (odds, outcome) in cases)
            {
                var p = Sigmoid(odds + at);
                gradient += (outcome ? 1 : 0) - p;
                curvature += p * (1 - p);
            }

            var move = Math.Clamp(gradient / curvature, -1, 1); // Far out the curvature vanishes.
            at += move;
            if (Math.Abs(move) < 1e-10)
            {
                break;
            }
        }

        return at;
    }

    /// <summary>The most probable coefficients, where an outcome's probability is the sigmoid stretched from <paramref name="least"/> to <paramref name="most"/>.</summary>
    /// <param name="cases">What the coefficients are multiplied by, and whether it came true.</param>
    /// <param name="deviation">The prior's standard deviation, the same for each.</param>
    public static double[] Fit(IReadOnlyList<(double[] Design, bool Outcome)> cases, double[] prior, double deviation, double least, double most)
    {
        double[] at = [.. prior];
        var value = Objective(cases, at, prior, deviation, least, most);
        for (var step = 0; step < MostSteps; step++)
        {
            var direction = NewtonStep(cases, at, prior, deviation, least, most);
            var (next, reached) = (at, value);
            for (var length = 1.0; length > 1e-6 && reached <= value; length /= 2)
            {
                double[] candidate = [.. at.Zip(direction, (x, d) => x + (length * d))];
                var there = Objective(cases, candidate, prior, deviation, least, most);
                (next, reached) = there > value ? (candidate, there) : (next, reached);
            }

            if (reached - value < Settled)
            {
                break;
            }

            (at, value) = (next, reached);
        }

        return at;
    }

    private static double Objective(IReadOnlyList<(double[] Design, bool Outcome)> cases, double[] at, double[] prior, double deviation, double least, double most)
    {
        var sum = 0.0;
        foreach (var (design, outcome) in cases)
        {
            var p = least + ((most - least) * Sigmoid(Dot(design, at)));
            sum += Math.Log(outcome ? p : 1 - p);
        }

        for (var i = 0; i < at.Length; i++)
        {
            var z = (at[i] - prior[i]) / deviation;
            sum -= z * z / 2;
        }

        return sum;
    }

    /// <summary>The scores' step: gradient over expected curvature, which is positive where the observed one may not be.</summary>
    private static double[] NewtonStep(IReadOnlyList<(double[] Design, bool Outcome)> cases, double[] at, double[] prior, double deviation, double least, double most)
    {
        var n = at.Length;
        var gradient = new double[n];
        var curvature = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            gradient[i] = (prior[i] - at[i]) / (deviation * deviation);
            curvature[i, i] = 1 / (deviation * deviation);
        }

        foreach (var (design, outcome) in cases)
        {
            var sigmoid = Sigmoid(Dot(design, at));
            var p = least + ((most - least) * sigmoid);
            var slope = (most - least) * sigmoid * (1 - sigmoid); // Of p in the log odds.
            var variance = Math.Max(p * (1 - p), 1e-300);
            for (var i = 0; i < n; i++)
            {
                gradient[i] += ((outcome ? 1 : 0) - p) * slope / variance * design[i];
                for (var j = 0; j < n; j++)
                {
                    curvature[i, j] += slope * slope / variance * design[i] * design[j];
                }
            }
        }

        return Solve(curvature, gradient);
    }

    private static double Dot(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            sum += one[i] * other[i];
        }

        return sum;
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
