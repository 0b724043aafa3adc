namespace Aiops.Analysis.Calibration;

/// <summary>The confidence that the engine ships with.</summary>
public static class FittedConfidence
{
    /// <remarks>PLACEHOLDER</remarks>
    public static NestedLogit Shipped { get; } = new(Sharpness: 1.7, Lead: 2, Level: -6, Slope: 6.5, Unseen: -4);
}
