using Aiops.Analysis.Anomalies.Streaming;

namespace Aiops.Accuracy.Anomalies;

/// <summary>
/// What the detector reaches on kinds of series that its settings have not seen: for each category they are chosen on all the
/// others, out of a grid around the default ones, and scored on it alone.
/// </summary>
/// <remarks>
/// A setting is chosen for what it and its neighbours in the grid score on average: a peak that a step aside loses is luck.
/// The mechanisms, and the settings that the grid leaves alone, have seen every category; so this is an upper estimate.
/// </remarks>
internal static class LeaveOneCategoryOut
{
    private static readonly double[] Factors = [0.7, 0.85, 1, 1.2, 1.4];

    /// <returns>The tally of every series, each by settings chosen without its category.</returns>
    public static IReadOnlyList<NabTally> Run(IReadOnlyList<NabSeries> corpus, CancellationToken cancellationToken)
    {
        List<(Setting At, NabTally[] Tallies)> tried = [];
        foreach (var setting in Grid())
        {
            cancellationToken.ThrowIfCancellationRequested();
            tried.Add((setting, [.. corpus.Select(series => StreamingRun.Of(series, SettingsAt(setting)).Tally)]));
        }

        var chosen = corpus.Select(series => series.Category).Distinct().ToDictionary(category => category, BestWithout);
        return [.. corpus.Select((series, at) => chosen[series.Category][at])];

        NabTally[] BestWithout(string category)
        {
            var scores = tried.ToDictionary(one => one.At, one => NabTally.Sum(
                one.Tallies.Where((_, at) => corpus[at].Category != category)).Normalised(NabProfile.Standard));
            return tried.MaxBy(one => scores.Where(other => other.Key.IsNear(one.At)).Average(other => other.Value)).Tallies;
        }
    }

    private static IEnumerable<Setting> Grid()
        => from limits in Enumerable.Range(0, Factors.Length)
           from memory in Enumerable.Range(0, Factors.Length)
           from refractory in Enumerable.Range(0, Factors.Length)
           select new Setting(limits, memory, refractory);

    private static StreamingDetectorSettings SettingsAt(Setting at)
    {
        var usual = StreamingDetectorSettings.Default;
        return usual with
        {
            SpikeLimit = usual.SpikeLimit * Factors[at.Limits],
            JumpLimit = usual.JumpLimit * Factors[at.Limits],
            ShiftLimit = usual.ShiftLimit * Factors[at.Limits],
            DriftLimit = usual.DriftLimit * Factors[at.Limits],
            ShiftMemory = usual.ShiftMemory * Factors[at.Memory],
            RefractoryTime = usual.RefractoryTime * Factors[at.Refractory],
        };
    }

    private readonly record struct Setting(int Limits, int Memory, int Refractory)
    {
        public bool IsNear(Setting other)
            => Math.Abs(Limits - other.Limits) <= 1 && Math.Abs(Memory - other.Memory) <= 1 && Math.Abs(Refractory - other.Refractory) <= 1;
    }
}
