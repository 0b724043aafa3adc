using Aiops.Analysis.Anomalies.Streaming;

namespace Aiops.Accuracy.Anomalies;

/// <summary>The detector at 125 settings around the default ones: how much of its figure is owed to their choice.</summary>
internal sealed class SettingsGrid
{
    private const double MostFalseAlarms = 0.5; // Per 1,000 points.
    private static readonly double[] Factors = [0.7, 0.85, 1, 1.2, 1.4];
    private static readonly Setting Default = new(2, 2, 2);
    private readonly IReadOnlyList<NabSeries> corpus;
    private readonly List<(Setting At, NabTally[] Tallies)> tried = [];

    public SettingsGrid(IReadOnlyList<NabSeries> corpus, CancellationToken cancellationToken)
    {
        this.corpus = corpus;
        foreach (var setting in Grid())
        {
            cancellationToken.ThrowIfCancellationRequested();
            tried.Add((setting, [.. corpus.Select(series => StreamingRun.Of(series, SettingsAt(setting)).Tally)]));
        }
    }

    /// <summary>
    /// The tallies of all series at the default settings and those one step away: the plateau, or that there is none.
    /// </summary>
    public IEnumerable<NabTally> AroundDefault => tried.Where(one => one.At.IsNear(Default)).SelectMany(one => one.Tallies);

    /// <summary>
    /// What is reached on kinds of series that the settings have not seen: for each category they are chosen on all the
    /// others, and scored on it alone.
    /// </summary>
    /// <remarks>
    /// Chosen is what scores best together with its neighbours (a peak that a step aside loses is luck) at no more false alarms
    /// than the bar allows. The mechanisms, and the settings that the grid leaves alone, have seen every category: this is an
    /// upper estimate.
    /// </remarks>
    public IEnumerable<NabTally> LeaveOneCategoryOut()
    {
        var chosen = corpus.Select(series => series.Category).Distinct().ToDictionary(category => category, BestWithout);
        return corpus.Select((series, at) => chosen[series.Category][at]);
    }

    private NabTally[] BestWithout(string category)
    {
        var others = tried.ToDictionary(
            one => one.At,
            one => NabTally.Sum(one.Tallies.Where((_, at) => corpus[at].Category != category)));
        return tried.MaxBy(one => IsAllowed(one.At) ? Around(one.At) : double.NegativeInfinity).Tallies;

        bool IsAllowed(Setting at) => others[at].FalseAlarmsPerThousand <= MostFalseAlarms;

        double Around(Setting at)
            => others.Where(other => other.Key.IsNear(at)).Average(other => other.Value.Normalised(NabProfile.Standard));
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
            => Math.Abs(Limits - other.Limits) <= 1
                && Math.Abs(Memory - other.Memory) <= 1
                && Math.Abs(Refractory - other.Refractory) <= 1;
    }
}
