using Aiops.Accuracy.Figures;
using Aiops.Analysis.RootCauses;

namespace Aiops.Accuracy.Calibration;

/// <summary>Counts alarms behind which nothing was wrong, and those of them for which the engine named nobody.</summary>
internal sealed class QuietTally
{
    private int alarms;
    private int silent;

    public static QuietTally operator +(QuietTally one, QuietTally other)
        => new() { alarms = one.alarms + other.alarms, silent = one.silent + other.silent };

    public void Add(IEnumerable<RootCauseRanking> rankings)
    {
        foreach (var ranking in rankings)
        {
            alarms++;
            silent += ranking.Suspects.Count == 0 ? 1 : 0;
        }
    }

    public FigureSet AddTo(FigureSet figures)
        => figures.Add("abstainsWithoutFault", alarms == 0 ? double.NaN : (double)silent / alarms, WilsonInterval.Of(silent, alarms));
}
