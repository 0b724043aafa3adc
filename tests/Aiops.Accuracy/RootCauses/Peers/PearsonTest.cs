namespace Aiops.Accuracy.RootCauses.Peers;

/// <summary>The two-sided test of Pearson's correlation against none, by Student's t.</summary>
internal static class PearsonTest
{
    /// <summary>Over the rows in which both have a value; null for fewer than two, or when one of them never varies.</summary>
    public static double? PValue(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (count, meanX, meanY, xx, yy, xy) = (0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(x[i]) || double.IsNaN(y[i]))
            {
                continue;
            }

            count++; // Welford's update, for sums of squares lose small spreads on large values.
            var (byX, byY) = (x[i] - meanX, y[i] - meanY);
            meanX += byX / count;
            meanY += byY / count;
            xx += byX * (x[i] - meanX);
            yy += byY * (y[i] - meanY);
            xy += byX * (y[i] - meanY);
        }

        return count < 2 || xx <= 0 || yy <= 0 ? null : PValue(Math.Min(1, Math.Abs(xy) / Math.Sqrt(xx * yy)), count - 2);
    }

    /// <summary>Student's t for whole degrees of freedom, in closed form (Abramowitz and Stegun 26.7.3 and 26.7.4).</summary>
    /// <param name="r">The correlation's size: the sine of the angle whose tangent is t over the root of the degrees.</param>
    private static double PValue(double r, int degrees)
    {
        if (degrees == 0)
        {
            return 1; // Two points always lie on a line.
        }

        var cosine = Math.Sqrt(1 - (r * r));
        var odd = degrees % 2 == 1;
        var term = odd ? cosine : 1;
        var sum = 0.0;
        for (var k = odd ? 3 : 2; k <= degrees; k += 2)
        {
            sum += term;
            term *= (k - 1) / (double)k * cosine * cosine;
        }

        var within = odd ? 2 / Math.PI * (Math.Asin(r) + (r * sum)) : r * sum;
        return Math.Max(0, 1 - within);
    }
}
