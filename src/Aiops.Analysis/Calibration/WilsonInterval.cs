namespace Aiops.Analysis.Calibration;

/// <summary>The score interval of a proportion, which stays within 0 and 1 and holds for few cases [Wilson1927].</summary>
/// <remarks>[Wilson1927] E. B. Wilson: Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927).</remarks>
public static class WilsonInterval
{
    private const double Z = 1.959964; // Two-sided 95 %.

    /// <param name="hits">May be fractional: ties count by expectation.</param>
    public static Interval Of(double hits, double cases)
    {
        if (cases <= 0)
        {
            return new Interval(0, 1);
        }

        var share = hits / cases;
        var centre = share + (Z * Z / (2 * cases));
        var half = Z * Math.Sqrt((share * (1 - share) / cases) + (Z * Z / (4 * cases * cases)));
        var scale = 1 + (Z * Z / cases);
        return new Interval(Math.Max(0, (centre - half) / scale), Math.Min(1, (centre + half) / scale));
    }
}
