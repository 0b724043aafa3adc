namespace Aiops.Console.Accuracy;

/// <summary>So many of so many, with the interval that the true share lies in 19 times out of 20.</summary>
/// <remarks>
/// The score interval of [Wilson1927]: unlike the simple one it holds for few cases and never leaves 0 to 1.
/// [Wilson1927] E. B. Wilson: Probable Inference, the Law of Succession, and Statistical Inference, JASA 22(158), 1927.
/// </remarks>
public readonly record struct Share(int Hits, int Of)
{
    private const double Z = 1.959964; // Two-sided, 95 %.

    public double Value => Of == 0 ? 0 : Hits / (double)Of;

    public double Low => Hits == 0 ? 0 : Math.Max(0, Centre - Half);

    public double High => Hits == Of ? 1 : Math.Min(1, Centre + Half);

    private double Centre => Of == 0 ? 0.5 : (Value + (Z * Z / (2 * Of))) / (1 + (Z * Z / Of));

    private double Half => Of == 0 ? 0.5 : Z / (1 + (Z * Z / Of)) * Math.Sqrt((Value * (1 - Value) / Of) + (Z * Z / (4.0 * Of * Of)));

    public override string ToString() => Of == 0 ? "–" : $"{Value:P0}, between {Low:P0} and {High:P0} ({Hits} of {Of})";
}
