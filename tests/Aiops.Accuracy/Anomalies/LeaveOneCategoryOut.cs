using Aiops.Analysis.Anomalies.Streaming;

namespace Aiops.Accuracy.Anomalies;

/// <summary>
/// What the detector reaches on kinds of series that its settings have not seen: for each category the settings are chosen on
/// all the others, out of a grid around the default ones, and scored on it alone.
/// </summary>
internal static class LeaveOneCategoryOut
{
    private static readonly double[] Factors = [0.7, 0.85, 1, 1.2, 1.4];

    /// <returns>The tally of every series, each by settings chosen without its category.</returns>
    public static IReadOnlyList<NabTally> Run(IReadOnlyList<NabSeries> corpus, CancellationToken cancellationToken)
    {
        List<NabTally[]> tried = [];
        foreach (var settings in Grid())
        {
            cancellationToken.ThrowIfCancellationRequested();
            tried.Add([.. corpus.Select(series => StreamingRun.Of(series, settings).Tally)]);
        }

        return [.. corpus.Select((series, at) => tried.MaxBy(tallies => ScoreWithout(series.Category, tallies))![at])];

        double ScoreWithout(string category, NabTally[] tallies)
            => NabTally.Sum(tallies.Where((_, at) => corpus[at].Category != category)).Normalised(NabProfile.Standard);
    }

    private static IEnumerable<StreamingDetectorSettings> Grid()
        => from limits in Factors
           from shiftMemory in Factors
           from refractory in Factors
           let usual = StreamingDetectorSettings.Default
           select usual with
           {
               SpikeLimit = usual.SpikeLimit * limits,
               ShiftLimit = usual.ShiftLimit * limits,
               DriftLimit = usual.DriftLimit * limits,
               ShiftMemory = usual.ShiftMemory * shiftMemory,
               RefractoryMemory = usual.RefractoryMemory * refractory,
           };
}
