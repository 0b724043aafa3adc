using Aiops.Analysis;
using Aiops.Analysis.Telemetry;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.CloudWatch;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.CloudWatch;

/// <summary>Metrics from CloudWatch by GetMetricData. What came in part, or not at all, is named.</summary>
public sealed class CloudWatchMetrics(WireClient client, IIncidents incidents, MetricSettings settings, TimeProvider time)
    : IMetricSource
{
    public async Task<SourceAnswer<IReadOnlyList<MetricSeries>>> QueryAsync(
        TelemetryQuery query, CancellationToken cancellationToken)
    {
        using Patience patience = new(settings.Patience, time, cancellationToken);
        List<string> gaps = [];
        List<MetricSeries> series = [];
        var now = time.GetUtcNow();
        int Period(TimeSpan? own) => MetricPeriods.Seconds(query.Window.Start, now, own);

        List<MetricWish> wishes = [];
        if (!await patience.TryAsync(async token =>
            wishes = Limited(await new MetricWishes(client, incidents, settings).ForAsync(query, Period, gaps, token), gaps)))
        {
            throw new SourceUnavailableException($"no list of alarms within {settings.Patience.TotalSeconds:0} s");
        }

        MetricTally tally = new();
        var window = MetricPeriods.Align(query.Window, Period(null));
        Stack<IReadOnlyList<MetricWish>> batches = new(MetricBatches.Of(wishes).Reverse());
        while (batches.TryPop(out var batch))
        {
            MetricAnswers answers = new(batch);
            var asked = false;
            var inTime = await patience.TryAsync(async token => asked = await AskAsync(batch, answers, window, tally, token));
            series.AddRange(answers.Series(query.Window));
            tally.Add(answers);
            if (!inTime)
            {
                var left = batch.Count + batches.Sum(b => b.Count);
                gaps.Add($"stopped after {settings.Patience.TotalSeconds:0} s: {left} of {wishes.Count} questions open");
                break;
            }

            if (!asked)
            {
                Split(batch, batches, gaps);
            }
        }

        tally.ThrowIfAllForbidden();
        return new SourceAnswer<IReadOnlyList<MetricSeries>>(
            [.. series.DistinctBy(s => s.ToString())],
            new Provenance(
                "CloudWatch GetMetricData", $"{wishes.Count} metrics of {string.Join(", ", query.Components)}", query.Window),
            [.. gaps, .. tally.Tell()]);
    }

    /// <summary>False when the service refuses the call as a whole: one bad expression does that to all beside it.</summary>
    private async Task<bool> AskAsync(
        IReadOnlyList<MetricWish> batch, MetricAnswers answers, TimeWindow window, MetricTally tally, CancellationToken token)
    {
        try
        {
            for (string? next = null; ;)
            {
                var page = await client.AskAsync(
                    new GetMetricDataRequest
                    {
                        MetricDataQueries = [.. MetricBatches.Queries(batch)],
                        StartTime = window.Start,
                        EndTime = window.End,
                        ScanBy = "TimestampAscending",
                        NextToken = next,
                    },
                    token);
                answers.Add(page.MetricDataResults);
                tally.Add(page.Messages);
                if ((next = page.NextToken) is null)
                {
                    return true;
                }
            }
        }
        catch (WireException refused) when (refused.Failure == WireFailure.Invalid)
        {
            return false;
        }
    }

    private static void Split(IReadOnlyList<MetricWish> batch, Stack<IReadOnlyList<MetricWish>> batches, List<string> gaps)
    {
        if (batch is [var one])
        {
            gaps.Add($"CloudWatch refuses the question for {one.Component} {one.Metric}");
            return;
        }

        batches.Push([.. batch.Skip(batch.Count / 2)]);
        batches.Push([.. batch.Take(batch.Count / 2)]);
    }

    private List<MetricWish> Limited(IReadOnlyList<MetricWish> wishes, List<string> gaps)
    {
        List<MetricWish> kept = [];
        var queries = 0;
        foreach (var wish in wishes.TakeWhile(w => (queries += w.Queries.Count) <= settings.MostQueries))
        {
            kept.Add(wish);
        }

        if (kept.Count < wishes.Count)
        {
            gaps.Add($"asked for {kept.Count} of {wishes.Count} metrics, nearest components first");
        }

        return kept;
    }
}
