namespace Aiops.Analysis.Calibration;

/// <summary>The confidence that the engine ships with.</summary>
public static class FittedConfidence
{
    /// <remarks>PLACEHOLDER</remarks>
    public static NestedLogit Shipped { get; } = new(Sharpness: 2, Level: -2.5, Slope: 4, Unseen: -2.5);
}
