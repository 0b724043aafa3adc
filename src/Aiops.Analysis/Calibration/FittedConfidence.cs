namespace Aiops.Analysis.Calibration;

/// <summary>The confidence that the engine ships with.</summary>
public static class FittedConfidence
{
    /// <remarks>PLACEHOLDER</remarks>
    public static LuceChoice Shipped { get; } = new(Exponent: 3.2, None: 3.8, Unseen: 0.5);
}
