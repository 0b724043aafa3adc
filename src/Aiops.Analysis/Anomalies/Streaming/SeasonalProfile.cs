namespace Aiops.Analysis.Anomalies.Streaming;

/// <summary>
/// The usual deviation from the level at each phase of a period, and how much of the variance it leaves unexplained.
/// </summary>
/// <remarks>A bin's mean is a running one at first and forgets later, so that the season may change its form.</remarks>
internal sealed class SeasonalProfile(TimeSpan period, TimeSpan bin)
{
    private const double SlowestRate = 1 / 30.0; // A bin remembers about 30 of its points.
    private const double ErrorMemory = 4_000;    // Points over which season and level are compared.
    private const double FarOut = 9;             // Mean squares at which a single error is cut: one outlier decides nothing.
    private const int UncutErrors = 100;

    private readonly long binLength = (long)bin.TotalMilliseconds;
    private readonly long periodLength = (long)period.TotalMilliseconds;
    private readonly Bin[] bins = new Bin[(int)(period / bin)];
    private long begun = long.MaxValue;
    private int phase;
    private double errorWith;
    private double errorWithout;

    /// <summary>Points on which it could be tried.</summary>
    public int Tried { get; private set; }

    /// <summary>The deviation promised for the moment moved to; 0 where <see cref="Promises"/> is false.</summary>
    public double Promise { get; private set; }

    /// <summary>False during the first period, and at a phase never seen.</summary>
    public bool Promises { get; private set; }

    /// <summary>The share of the variance around the level that it leaves, over the points on which it could be tried.</summary>
    public double Unexplained => errorWithout > 0 ? errorWith / errorWithout : 1;

    public void MoveTo(long unixMilliseconds)
    {
        begun = Math.Min(begun, unixMilliseconds);
        var within = unixMilliseconds % periodLength;
        phase = (int)((within < 0 ? within + periodLength : within) / binLength);
        Promises = bins[phase].Count > 0 && unixMilliseconds - begun >= periodLength;
        Promise = Promises ? bins[phase].Mean : 0;
    }

    /// <param name="deviation">From the level, at the moment moved to.</param>
    public void Learn(double deviation)
    {
        if (Promises)
        {
            Tried++;
            var rate = 1 / Math.Min(Tried, ErrorMemory);
            var cut = Tried < UncutErrors ? double.PositiveInfinity : FarOut * errorWithout;
            var left = deviation - Promise;
            errorWith += rate * (Math.Min(left * left, cut) - errorWith);
            errorWithout += rate * (Math.Min(deviation * deviation, cut) - errorWithout);
        }

        ref var current = ref bins[phase];
        current.Count++;
        current.Mean += (deviation - current.Mean) * Math.Max(1.0 / current.Count, SlowestRate);
    }

    private struct Bin
    {
        public double Mean;
        public int Count;
    }
}
