namespace Aiops.Analysis.Anomalies.Streaming;

/// <summary>Lengths of time in which nothing happened (equal values, no points), against the longest such time before.</summary>
internal struct Stillness
{
    private double longest;

    /// <summary>
    /// How many times longer than the longest before, of which at least <paramref name="shortest"/> is assumed.
    /// </summary>
    public readonly double Judge(double length, double shortest) => length / Math.Max(longest, shortest);

    /// <param name="length">Of one that is over.</param>
    /// <param name="rate">How much of a longer one is forgotten, within [0, 1].</param>
    public void Learn(double length, double rate) => longest = Math.Max(length, longest * (1 - rate));
}
