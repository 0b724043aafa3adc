using Aiops.Accuracy.Figures;
using Aiops.Analysis.RootCauses;

namespace Aiops.Accuracy.Calibration;

/// <summary>Counts alarms behind which nothing was wrong, and those of them for which the engine named nobody.</summary>
internal sealed class QuietTally
{
    private int alarms;
    private int silent;
    private List<JudgedRanking> judged = [];

    /// <summary>Those in which anything departed: whoever comes first in them isn't the cause.</summary>
    public IReadOnlyList<JudgedRanking> Judged => judged;

    public static QuietTally operator +(QuietTally one, QuietTally other)
        => new()
        {
            alarms = one.alarms + other.alarms,
            silent = one.silent + other.silent,
            judged = [.. one.judged, .. other.judged],
        };

    /// <param name="set">Where the alarms are from.</param>
    public void Add(string set, IEnumerable<RootCauseRanking> rankings)
    {
        foreach (var ranking in rankings)
        {
            alarms++;
            silent += ranking.Suspects.Count == 0 ? 1 : 0;
            if (JudgedRanking.Of(set, cause: null, ranking) is { } one)
            {
                judged.Add(one);
            }
        }
    }

    public FigureSet AddTo(FigureSet figures)
        => figures.Add("abstainsWithoutFault", alarms == 0 ? double.NaN : (double)silent / alarms, WilsonInterval.Of(silent, alarms));
}
