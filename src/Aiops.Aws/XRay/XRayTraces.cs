using Aiops.Analysis;
using Aiops.Analysis.Telemetry;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.XRay;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.XRay;

/// <summary>
/// Spans from X-Ray: a fair sample of the traces that touch the incident's components, so many of each part of the window, read
/// whole.
/// </summary>
public sealed class XRayTraces(WireClient client, XRaySettings settings, TimeProvider time) : ITraceSource
{
    private const int MostIds = 5; // In one call.
    private const int MostPages = 10; // Of summaries, in one part of the window.

    public async Task<SourceReport> ReadAsync(TelemetryQuery query, SpanSink sink, CancellationToken cancellationToken)
    {
        using Patience patience = new(settings.TracePatience, time, cancellationToken);
        List<string> gaps = [];
        var parts = XRayWindows.Of(query.Window).ToList();
        long count = 0;
        var (unread, unprocessed) = (0, 0);
        foreach (var part in parts)
        {
            var inTime = await patience.TryAsync(async token =>
            {
                var ids = await SampleAsync(part, query.Components, settings.MostTraces / parts.Count, gaps, token);
                foreach (var some in ids.Chunk(MostIds))
                {
                    var answer = await client.AskAsync(new BatchGetTracesRequest { TraceIds = some }, token);
                    unprocessed += answer.UnprocessedTraceIds.Count;
                    count += answer.Traces.Sum(trace => XRaySegments.Read(trace, query.Window, sink));
                }
            });
            unread += inTime ? 0 : 1;
        }

        if (unread > 0)
        {
            var patient = settings.TracePatience.TotalSeconds;
            gaps.Add($"{unread} of {parts.Count} parts of the window weren't read within {patient:0} s");
        }

        if (unprocessed > 0)
        {
            gaps.Add($"X-Ray gave {unprocessed} traces not at all");
        }

        return new SourceReport(
            count, new Provenance("X-Ray BatchGetTraces", Filter(query.Components) ?? "all traces", query.Window), gaps);
    }

    /// <summary>Every so many of those there are: the newest alone would speak of the last minutes only.</summary>
    private async Task<IReadOnlyList<string>> SampleAsync(
        TimeWindow part, IReadOnlyList<string> components, int most, List<string> gaps, CancellationToken token)
    {
        List<string> ids = [];
        string? next = null;
        for (var page = 0; page < MostPages && (page == 0 || next is not null); page++)
        {
            var answer = await client.AskAsync(
                new GetTraceSummariesRequest
                {
                    StartTime = part.Start,
                    EndTime = part.End,
                    Sampling = true,
                    FilterExpression = Filter(components),
                    NextToken = next,
                },
                token);
            ids.AddRange(answer.TraceSummaries.Where(t => t.IsPartial != true).Select(t => t.Id));
            next = answer.NextToken;
        }

        if (ids.Count <= most && next is null)
        {
            return ids;
        }

        var there = $"{ids.Count}{(next is null ? "" : " or more")}";
        gaps.Add($"{part.Start:HH:mm}–{part.End:HH:mm}: {Math.Min(most, ids.Count)} of {there} traces");
        return ids.Count <= most ? ids : [.. Enumerable.Range(0, most).Select(i => ids[(int)((long)i * ids.Count / most)])];
    }

    private static string? Filter(IReadOnlyList<string> components)
    {
        var known = components.Where(c => !c.AsSpan().ContainsAny('"', '\\')).Select(c => $"service(\"{c}\")").ToList();
        return known.Count == 0 ? null : string.Join(" OR ", known);
    }
}
