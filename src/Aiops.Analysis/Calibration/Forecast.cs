namespace Aiops.Analysis.Calibration;

/// <summary>A confidence that was stated, and what came of it.</summary>
/// <param name="Confidence">That the first suspect is the cause. A probability, or, for orders alone, any score.</param>
/// <param name="Outcome">1 when it was, 0 when it wasn't; between them where suspects tied for first.</param>
/// <param name="BaseRate">The share of right answers among the cases that could be learned from: what a constant would state.</param>
public readonly record struct Forecast(double Confidence, double Outcome, double BaseRate = 0.5);
