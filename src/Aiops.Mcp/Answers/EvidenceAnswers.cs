using Aiops.Analysis;
using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Telemetry;
using Aiops.Pipeline;

namespace Aiops.Mcp.Answers;

/// <summary>Entries of one source, and how asking it went when the incident was analysed.</summary>
internal sealed record SourceAnswer<T>(string IncidentId, int Round, TimeWindow Window, string Source, IReadOnlyList<string> Gaps, int Total, IReadOnlyList<T> Entries);

/// <summary>One metric before and during the incident.</summary>
/// <param name="Points">The series, condensed to a mean a stretch; null where points weren't asked for.</param>
internal sealed record MetricAnswer(
    string Component, string Metric, string Statistic, string Unit, SeriesFigures Before, SeriesFigures During, IReadOnlyList<SeriesPoint>? Points)
{
    private const int MostPoints = 60;

    public static MetricAnswer Of(MetricSeries series, TimeWindow window, bool points)
    {
        var (first, end) = series.SamplesWithin(window);
        return new(
            series.Component, series.Metric, series.Statistic, series.Unit,
            SeriesFigures.Of(series.Values.AsSpan(0, first)), SeriesFigures.Of(series.Values.AsSpan(first, end - first)), points ? PointsOf(series) : null);
    }

    public static IReadOnlyList<SeriesPoint> PointsOf(MetricSeries series)
    {
        var each = Math.Max(1, (series.Values.Length + MostPoints - 1) / MostPoints);
        return [.. Enumerable.Range(0, (series.Values.Length + each - 1) / each).Select(i => new SeriesPoint(
            DateTimeOffset.FromUnixTimeMilliseconds(series.UnixMilliseconds[i * each]), series.Values.Skip(i * each).Take(each).Average()))];
    }
}

/// <param name="Samples">0 where there is none: the rest says nothing then.</param>
internal sealed record SeriesFigures(int Samples, double Mean, double Least, double Most)
{
    public static SeriesFigures Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return new(0, 0, 0, 0);
        }

        var (sum, least, most) = (0d, double.MaxValue, double.MinValue);
        foreach (var value in values)
        {
            (sum, least, most) = (sum + value, Math.Min(least, value), Math.Max(most, value));
        }

        return new(values.Length, sum / values.Length, least, most);
    }
}

/// <param name="At">Where the stretch begins.</param>
internal sealed record SeriesPoint(DateTimeOffset At, double Mean);

/// <summary>One component with what it calls and what calls it.</summary>
internal sealed record TopologyAnswer(string Component, string? Type, IReadOnlyList<string> Calls, IReadOnlyList<string> CalledBy);

/// <param name="CitedFor">Ranks of the hypotheses that it speaks for …</param>
/// <param name="CitedAgainst">… and against.</param>
internal sealed record EvidenceAnswer(
    string IncidentId, int Round, Evidence Evidence, IReadOnlyList<int> CitedFor, IReadOnlyList<int> CitedAgainst, IReadOnlyList<SeriesPoint>? Points);

/// <summary>A log pattern, or a break in the usual order of lines within traces; one of them is set.</summary>
internal sealed record LogAnswer(LogPatternShift? Pattern, SequenceShift? Order);
