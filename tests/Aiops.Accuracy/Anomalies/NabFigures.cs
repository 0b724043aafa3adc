using Aiops.Accuracy.Figures;

namespace Aiops.Accuracy.Anomalies;

/// <summary>The benchmark's figures of one method, with intervals over series.</summary>
internal static class NabFigures
{
    public static FigureSet Of(IReadOnlyList<NabTally> tallies)
    {
        var set = new FigureSet();
        foreach (var profile in NabProfile.All)
        {
            Add(set, profile.Key, tallies, tally => tally.Normalised(profile));
        }

        return Add(set, "falsePositivesPerThousand", tallies, tally => tally.FalseAlarmsPerThousand);
    }

    /// <summary>The same without intervals, for a part of the series.</summary>
    public static FigureSet OfPart(IEnumerable<NabTally> tallies)
    {
        var sum = NabTally.Sum(tallies);
        var set = new FigureSet();
        foreach (var profile in NabProfile.All)
        {
            set.Add(profile.Key, sum.Normalised(profile));
        }

        return set.Add("falsePositivesPerThousand", sum.FalseAlarmsPerThousand);
    }

    private static FigureSet Add(FigureSet set, string key, IReadOnlyList<NabTally> tallies, Func<NabTally, double> figure)
        => set.Add(key, figure(NabTally.Sum(tallies)), BootstrapInterval.Of(tallies, sample => figure(NabTally.Sum(sample))));
}
