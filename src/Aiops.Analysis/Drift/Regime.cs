using Aiops.Analysis.Anomalies;

namespace Aiops.Analysis.Drift;

/// <summary>
/// The measurements since the level last changed: as bounded robust scores, with the sums from which any split into before and
/// after is compared in constant time. The latest thousand are kept; older ones live on in the sums.
/// </summary>
/// <remarks>[Huber1981] P. J. Huber: Robust Statistics, Wiley (1981).</remarks>
internal sealed class Regime
{
    /// <summary>Fewer measurements are no pattern to compare with.</summary>
    public const int FewestBefore = 20;

    /// <summary>Of measurements, kept.</summary>
    public const int Capacity = 4 * LongRunVariance.LongestBatch;

    private const int SettledAt = 256;         // Centre and spread are then known within a few per cent, and stay as they are.
    private const double Clip = 3;             // Robust standard deviations: beyond, an outlier weighs no more [Huber1981].
    private const double LeastVariance = 0.05; // Of scores: where most measurements are equal, the rest are the noise.

    private readonly DriftSettings settings;
    private readonly double[]? inflations;
    private readonly List<Measurement> measurements = [];
    private CumulativeSums scores = new();
    private CumulativeSums squares = new();
    private LongRunVariance longRun;
    private double leastRise;
    private int dropped;
    private int nextCalibration = FewestBefore;

    /// <param name="first">The measurements since its onset.</param>
    /// <param name="earlier">The regime before, up to the onset; null for the first.</param>
    public Regime(DriftSettings settings, IEnumerable<Measurement> first, Regime? earlier)
    {
        this.settings = settings;
        inflations = earlier?.longRun.Inflations();
        longRun = new LongRunVariance(scores, inflations);
        foreach (var measurement in first)
        {
            Add(measurement);
        }
    }

    /// <summary>How many measurements it has seen.</summary>
    public int Count => dropped + measurements.Count;

    /// <summary>The first that it still has.</summary>
    public int FirstKept => dropped;

    /// <summary>What is usual; null while there are too few measurements.</summary>
    public RobustBaseline? Usual { get; private set; }

    public Measurement this[int index] => measurements[index - dropped];

    public void Add(Measurement measurement)
    {
        if (measurements.Count == Capacity)
        {
            Forget(Capacity / 2);
        }

        measurements.Add(measurement);
        if (Count == nextCalibration)
        {
            Calibrate();
        }
        else if (Usual is { } usual)
        {
            AddScore(usual, measurement.Value);
        }
    }

    /// <summary>A measurement's distance from the usual, in robust standard deviations, clipped.</summary>
    public double ScoreOf(double value) => ScoreOf(Usual!.Value, value);

    /// <summary>Compares what came since a split with what came before it.</summary>
    public Comparison Compare(int split)
    {
        var after = Count - split;
        var rise = ((scores[Count] - scores[split]) / after) - (scores[split] / split);
        if (Math.Abs(rise) < leastRise)
        {
            return new Comparison(split, rise, 0);
        }

        var spread = VarianceOf(squares[split], scores[split], split);
        var spreadAfter = VarianceOf(squares[Count] - squares[split], scores[Count] - scores[split], after);
        var error = VarianceBefore(split, after) * ((1.0 / split) + (Math.Max(1, spreadAfter / spread) / after));
        return new Comparison(split, rise, Math.Abs(rise) / Math.Sqrt(error));
    }

    /// <summary>
    /// The variance of the root of a length times the mean of so many scores, as they were tied together before a split.
    /// </summary>
    public double VarianceBefore(int split, int length) => Math.Max(LeastVariance, longRun.Before(split, length));

    /// <summary>The median of a range of measurements, in their own unit.</summary>
    public double MedianOf(int from, int end)
    {
        var values = new double[end - from];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = this[from + i].Value;
        }

        return Quantile.MedianInPlace(values);
    }

    /// <summary>The measurements from an index on.</summary>
    public List<Measurement> From(int index) => measurements[(index - dropped)..];

    /// <summary>Takes back all but the first measurements, as though the later ones had not been seen.</summary>
    public void Truncate(int count)
    {
        measurements.RemoveRange(count - dropped, Count - count);
        scores.Truncate(count);
        squares.Truncate(count);
        longRun.Truncate(count);
        if (dropped == 0 && count <= SettledAt)
        {
            Calibrate();
        }
    }

    private static double ScoreOf(RobustBaseline usual, double value) => Math.Clamp(usual.ScoreOf(value), -Clip, Clip);

    private static double VarianceOf(double sumOfSquares, double sum, int count)
        => Math.Max(LeastVariance, (sumOfSquares - (sum * sum / count)) / Math.Max(1, count - 1));

    /// <summary>Centre and spread again, from all so far: at doubling counts, so O(log n) amortised a measurement.</summary>
    private void Calibrate()
    {
        var values = measurements.ConvertAll(measurement => measurement.Value).ToArray();
        var usual = RobustBaseline.Of(values, settings.Kind, settings.Unit, values.Max(Math.Abs));
        Usual = usual;
        leastRise = Math.Max(settings.LeastDeviations, settings.LeastRelativeRise * Math.Abs(usual.Median) / usual.Spread);
        nextCalibration = values.Length >= SettledAt ? int.MaxValue : Math.Min(SettledAt, 2 * values.Length);
        (scores, squares) = (new CumulativeSums(), new CumulativeSums());
        longRun = new LongRunVariance(scores, inflations);
        foreach (var value in values)
        {
            AddScore(usual, value);
        }
    }

    private void AddScore(RobustBaseline usual, double value)
    {
        var score = ScoreOf(usual, value);
        scores.Add(score);
        squares.Add(score * score);
        longRun.Add();
    }

    private void Forget(int count)
    {
        measurements.RemoveRange(0, count);
        dropped += count;
        scores.Forget(dropped);
        squares.Forget(dropped);
        longRun.Forget(dropped);
    }
}

/// <summary>A split of a regime into before and after.</summary>
/// <param name="Rise">Mean after less mean before, in robust standard deviations, clipped.</param>
/// <param name="Strength">The rise in standard errors, positive; zero where it is too small to matter.</param>
internal readonly record struct Comparison(int Split, double Rise, double Strength);
