using Aiops.Analysis;
using Aiops.Analysis.RootCauses;
using Aiops.Analysis.Telemetry;

namespace Aiops.Accuracy.RootCauses.Peers;

/// <summary>
/// An incident as the published methods take it: a table of one metric, a column a component, with normal rows and rows of
/// the issue. Where no other component has the alarm's metric, all metrics are columns, and a component counts by its best.
/// </summary>
internal sealed class PeerTable
{
    private PeerTable(PeerColumn target, IReadOnlyList<PeerColumn> columns, int rows)
        => (Target, Columns, Rows) = (target, columns, rows);

    /// <summary>What alarmed; one of <see cref="Columns"/>.</summary>
    public PeerColumn Target { get; }

    public IReadOnlyList<PeerColumn> Columns { get; }

    /// <summary>How many rows the issue has.</summary>
    public int Rows { get; }

    /// <summary>Null when the alarm's component has no series: these methods then have nothing to start from.</summary>
    public static PeerTable? Of(RootCauseCase incident)
    {
        var target = incident.Symptom is not { } symptom ? null : incident.Metrics
            .Where(series => series.Component == symptom.Component)
            .OrderBy(series => Unlikeness(series, symptom.Metric))
            .ThenBy(series => series.Statistic == "Average" ? 0 : 1) // What PetShop's authors look at.
            .ThenByDescending(series => series.Statistic, StringComparer.Ordinal)
            .ThenBy(series => series.Metric, StringComparer.Ordinal)
            .FirstOrDefault();
        if (target is null)
        {
            return null;
        }

        var chosen = incident.Metrics
            .Where(series => series.Metric == target.Metric && series.Statistic == target.Statistic)
            .ToList();
        if (chosen.All(series => series.Component == target.Component))
        {
            chosen = [.. incident.Metrics];
        }

        var period = PeriodOf(target);
        var rows = chosen.SelectMany(series => series.UnixMilliseconds)
            .Where(time => Holds(incident.Incident, time)).Select(time => time / period).Distinct().Order().ToList();
        var columns = chosen.Select(series => ColumnOf(series, incident, rows, period)).ToList();
        return new PeerTable(columns[chosen.IndexOf(target)], columns, rows.Count);
    }

    /// <summary>An alarm may call its metric otherwise than the telemetry does: one of the same kind has to do.</summary>
    private static int Unlikeness(MetricSeries series, string metric) => series.Metric == metric ? 0
        : series.Metric.EndsWith(metric, StringComparison.Ordinal) ? 1
        : series.Kind == SignalKinds.Of(metric, "") ? 2 : 3;

    private static PeerColumn ColumnOf(MetricSeries series, RootCauseCase incident, List<long> rows, long period)
    {
        List<double> normal = [];
        var issue = new double[rows.Count];
        Array.Fill(issue, double.NaN);
        for (var i = 0; i < series.Values.Length; i++)
        {
            var time = series.UnixMilliseconds[i];
            if (Holds(incident.Incident, time))
            {
                issue[rows.BinarySearch(time / period)] = series.Values[i];
            }
            else if (Holds(incident.Baseline, time))
            {
                normal.Add(series.Values[i]);
            }
        }

        return new PeerColumn(series.Component, [.. normal], issue);
    }

    private static bool Holds(TimeWindows window, long time) => window.Contains(DateTimeOffset.FromUnixTimeMilliseconds(time));

    private static long PeriodOf(MetricSeries series)
    {
        double[] steps = [.. series.UnixMilliseconds.Zip(series.UnixMilliseconds.Skip(1), (one, next) => (double)(next - one))];
        return steps.Length == 0 ? 60_000 : Math.Max(1, (long)Quantile.MedianInPlace(steps));
    }
}

/// <summary>One series of the table.</summary>
/// <param name="Normal">Samples that there were.</param>
/// <param name="Issue">A value a row of the issue; NaN where there was no sample.</param>
internal sealed record PeerColumn(string Component, double[] Normal, double[] Issue);
