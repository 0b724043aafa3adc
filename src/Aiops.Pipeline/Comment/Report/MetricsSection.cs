using Aiops.Analysis.Telemetry;

namespace Aiops.Pipeline.Comment.Report;

/// <summary>The series behind the evidence, each before and during the incident.</summary>
internal static class MetricsSection
{
    private const int Most = 24;

    public static void Write(HtmlText page, IncidentReport report)
    {
        var plots = Chosen(report).ToList();
        if (plots.Count == 0)
        {
            page.Markup("<p>No series is cited as evidence.</p>");
            return;
        }

        page.Markup("<p class=\"legend\"><svg viewBox=\"0 0 26 10\" width=\"26\" height=\"10\" aria-hidden=\"true\"><rect class=\"band\" width=\"26\" height=\"10\"/><path class=\"median\" d=\"M0 5H26\"/></svg> usual: median ± 3 robust deviations of the baseline ")
            .Markup("<svg viewBox=\"0 0 26 10\" width=\"26\" height=\"10\" aria-hidden=\"true\"><rect class=\"judged\" width=\"26\" height=\"10\"/></svg> the stretch judged ")
            .Markup("<svg viewBox=\"0 0 10 12\" width=\"10\" height=\"12\" aria-hidden=\"true\"><path class=\"onset-line\" d=\"M5 0V12\"/></svg> onset ")
            .Markup("<svg viewBox=\"0 0 10 12\" width=\"10\" height=\"12\" aria-hidden=\"true\"><path class=\"alarm-line\" d=\"M5 0V12\"/></svg> first alarm. Times are UTC; gaps in a line are gaps in the data.</p><div class=\"plots\">");
        foreach (var (series, evidence) in plots.Take(Most))
        {
            MetricPlot.Draw(page, series, evidence, report);
        }

        page.Markup("</div>");
        if (plots.Count > Most)
        {
            page.Markup($"<p class=\"quiet\">{plots.Count - Most} more series are cited and not drawn.</p>");
        }
    }

    /// <summary>In the order in which hypotheses cite them, then the rest of the evidence's, then the alarm's own.</summary>
    private static IEnumerable<(MetricSeries Series, Evidence? Evidence)> Chosen(IncidentReport report)
    {
        var byName = report.Context.Metrics.GroupBy(series => series.ToString()).ToDictionary(group => group.Key, group => group.First());
        var rank = report.Diagnosis.Hypotheses.SelectMany(hypothesis => hypothesis.For.Concat(hypothesis.Against))
            .Distinct().Select((id, index) => (id, index)).ToDictionary(pair => pair.id, pair => pair.index);
        var cited = report.Diagnosis.Evidence
            .Where(evidence => evidence.Series is not null && byName.ContainsKey(evidence.Series))
            .OrderBy(evidence => rank.GetValueOrDefault(evidence.Id, int.MaxValue)) // Stable: uncited ones keep their order.
            .DistinctBy(evidence => evidence.Series)
            .ToList();
        var signal = report.Incident.First.Signal;
        var alarms = report.Context.Metrics.Where(series => signal?.Metric is { } metric
            && series.Component == report.Incident.First.Component
            && (series.Metric == metric || series.Metric.EndsWith(" " + metric, StringComparison.Ordinal))
            && cited.All(evidence => evidence.Series != series.ToString()));
        return cited.Select(evidence => (byName[evidence.Series!], (Evidence?)evidence)).Concat(alarms.Take(2).Select(series => (series, (Evidence?)null)));
    }
}
