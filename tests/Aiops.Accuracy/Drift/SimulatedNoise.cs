namespace Aiops.Accuracy.Drift;

/// <summary>Noise of unit variance and zero mean, in the shapes that measurements show.</summary>
internal enum NoiseShape
{
    Normal = 0,

    /// <summary>First-order autoregression, coefficient 0.3.</summary>
    Correlated,

    /// <summary>First-order autoregression, coefficient 0.6: a mean is worth a quarter of its samples.</summary>
    StronglyCorrelated,

    /// <summary>Student's t with three degrees of freedom.</summary>
    HeavyTailed,

    /// <summary>Log-normal, σ = 0.5.</summary>
    Skewed,

    /// <summary>Three clusters, visited at random: caches warm or cold, one machine or another.</summary>
    Clustered,

    /// <summary>Half of the variance belongs to the build.</summary>
    PartlyBuilds,
}

/// <summary>Draws it.</summary>
internal sealed class SimulatedNoise(NoiseShape shape, Random random)
{
    private const double SkewSigma = 0.5;

    private double last = double.NaN;
    private double ofBuild;

    public double Next(bool isFirstOfBuild)
    {
        switch (shape)
        {
            case NoiseShape.Correlated:
                return Autoregressive(0.3);
            case NoiseShape.StronglyCorrelated:
                return Autoregressive(0.6);
            case NoiseShape.HeavyTailed:
                var chiSquared = Square(Normal()) + Square(Normal()) + Square(Normal());
                return Normal() / Math.Sqrt(chiSquared / 3) / Math.Sqrt(3);
            case NoiseShape.Skewed:
                var (mean, growth) = (Math.Exp(SkewSigma * SkewSigma / 2), Math.Exp(SkewSigma * SkewSigma));
                return (Math.Exp(SkewSigma * Normal()) - mean) / (mean * Math.Sqrt(growth - 1));
            case NoiseShape.Clustered:
                return (1.2 * (random.Next(3) - 1)) + (0.2 * Normal()); // Variance 0.96 + 0.04.
            case NoiseShape.PartlyBuilds:
                ofBuild = isFirstOfBuild ? Normal() : ofBuild;
                return (ofBuild + Normal()) / Math.Sqrt(2);
            default:
                return Normal();
        }
    }

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Square(double value) => value * value;

    private double Autoregressive(double coefficient)
        => last = double.IsNaN(last) ? Normal() : (coefficient * last) + (Math.Sqrt(1 - (coefficient * coefficient)) * Normal());
}
