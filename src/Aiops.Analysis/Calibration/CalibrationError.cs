namespace Aiops.Analysis.Calibration;

/// <summary>How far stated probabilities lie from what came of them, in bins that hold equally many [Nixon2019].</summary>
/// <remarks>
/// The plain error of few cases is far from 0 even for perfect forecasts, since each bin's share of right answers has noise
/// of its own; <see cref="Debiased"/> takes that out [Kumar2019] and is the root of a mean square, so the two aren't one
/// figure on two scales.
/// [Nixon2019] J. Nixon et al.: Measuring Calibration in Deep Learning, CVPR Workshops 2019.
/// [Kumar2019] A. Kumar, P. Liang, T. Ma: Verified Uncertainty Calibration, NeurIPS 2019.
/// </remarks>
public static class CalibrationError
{
    private const int MostBins = 10;
    private const int LeastInBin = 10;

    /// <summary>The mean distance between confidence and outcome over the bins (ECE), 0 to 1.</summary>
    public static double Expected(IReadOnlyList<Forecast> forecasts)
        => forecasts.Count == 0 ? double.NaN : Bins(forecasts).Sum(bin => bin.Count * Math.Abs(bin.Confidence - bin.Outcome)) / forecasts.Count;

    /// <summary>The root of the mean squared distance less its expectation under perfect calibration; 0 where that is more.</summary>
    public static double Debiased(IReadOnlyList<Forecast> forecasts)
    {
        if (forecasts.Count == 0)
        {
            return double.NaN;
        }

        var square = Bins(forecasts).Sum(bin =>
        {
            var distance = bin.Confidence - bin.Outcome;
            var noise = bin.Count > 1 ? bin.Outcome * (1 - bin.Outcome) / (bin.Count - 1) : 0;
            return bin.Count * ((distance * distance) - noise);
        });
        return Math.Sqrt(Math.Max(0, square / forecasts.Count));
    }

    /// <summary>Ascending by confidence; at most ten, of ten cases or more each while there are as many.</summary>
    public static IReadOnlyList<ReliabilityBin> Bins(IReadOnlyList<Forecast> forecasts)
    {
        var ascending = forecasts
            .GroupBy(f => Math.Round(f.Confidence, 9)) // Equal confidences share their outcomes, wherever a bin cuts them.
            .OrderBy(equal => equal.Key)
            .SelectMany(equal => Enumerable.Repeat(new Forecast(equal.Key, equal.Average(f => f.Outcome)), equal.Count()))
            .ToList();
        var count = Math.Clamp(ascending.Count / LeastInBin, 1, MostBins);
        List<ReliabilityBin> bins = [];
        for (var i = 0; i < count; i++)
        {
            var (from, to) = (ascending.Count * i / count, ascending.Count * (i + 1) / count);
            if (to > from)
            {
                var inside = ascending.GetRange(from, to - from);
                bins.Add(new ReliabilityBin(inside.Count, inside.Average(f => f.Confidence), inside.Average(f => f.Outcome)));
            }
        }

        return bins;
    }
}

/// <summary>Cases of about the same confidence.</summary>
/// <param name="Confidence">Their mean.</param>
/// <param name="Outcome">The share that was right.</param>
public readonly record struct ReliabilityBin(int Count, double Confidence, double Outcome);
