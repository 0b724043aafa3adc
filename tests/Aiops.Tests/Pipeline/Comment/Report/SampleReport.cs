using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Analysis.Traces;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Tests.Pipeline.Comment.Report;

/// <summary>The comment's incident with all that a page can show: series with gaps, a topology, logs, traces, changes.</summary>
internal static class SampleReport
{
    public static IncidentReport Report => With();

    /// <param name="foreign">What stands at each place where text comes from outside.</param>
    public static IncidentReport With(Func<string, string>? foreign = null)
    {
        var say = foreign ?? (text => text);
        var report = CommentSample.With(foreign);
        MetricSeries[] metrics =
        [
            Series(say("orders-table"), say("AWS/DynamoDB WriteThrottleEvents"), "Count", SignalKind.Errors, 0, 212),
            Series(say("orders"), say("http.server.request.duration"), "s", SignalKind.Latency, 0.045, 1.9),
        ];
        return report with
        {
            Context = report.Context with
            {
                Metrics = metrics,
                Topology = new ServiceGraph(
                    [new Component(say("checkout"), say("AWS::ECS::Service")), new Component(say("orders"), "AWS::Lambda::Function"), new Component(say("orders-table"), "AWS::DynamoDB::Table"), new Component(say("mail"))],
                    [new Call(say("checkout"), say("orders")), new Call(say("orders"), say("orders-table")), new Call(say("orders"), say("mail")), new Call(say("mail"), say("checkout"))]),
                Logs =
                [
                    new LogPatternShift(say("orders"), "p1", say("write to <*> was throttled"), say("ERROR"), 0, 1204, null, say("write to orders was throttled")) { Trend = LogPatternTrend.New, Significance = 40 },
                    new LogPatternShift(say("orders"), "p2", say("order <*> stored"), "INFO", 90_000, 200, null, "") { Trend = LogPatternTrend.Less, RateRatio = 0.07, Significance = -60 },
                    new LogPatternShift(say("orders"), "p3", "unmoved pattern", "INFO", 90_000, 9_000, null, ""),
                ],
                Traces = [new OperationShift(say("orders"), say("POST /orders"), say("checkout"), new OperationStatistics(900, 2, 30, 45, 90), new OperationStatistics(400, 210, 900, 1900, 4000))],
                Changes = [new Change(CommentSample.Began.AddMinutes(-20), say("orders"), ChangeKind.Deployment, say("orders 2.14.0 deployed"), say("ci"), say("d-1"))],
                Objectives = [new ObjectiveBudget(say("checkout availability"), say("checkout"), 0.999, 0.22)],
            },
            Diagnosis = report.Diagnosis with
            {
                Evidence =
                [
                    report.Diagnosis.Evidence[0] with { Component = say("orders-table"), Series = metrics[0].ToString(), Onset = CommentSample.Began },
                    report.Diagnosis.Evidence[1] with
                    {
                        Component = say("orders"), Series = metrics[1].ToString(), Onset = CommentSample.Began.AddMinutes(1),
                        Provenance = report.Diagnosis.Evidence[1].Provenance with { Source = say("logs"), Query = say("filter level = 'ERROR'"), Link = "https://console.example/logs?a=1&b=2" },
                    },
                    report.Diagnosis.Evidence[2] with { Provenance = report.Diagnosis.Evidence[2].Provenance with { Link = say("javascript:alert(1)") } },
                ],
            },
        };
    }

    /// <summary>A sample a minute from the baseline's start to the window's end, moved from the onset on, with ten minutes missing.</summary>
    private static MetricSeries Series(string component, string metric, string unit, SignalKind kind, double usual, double reached)
    {
        var random = new Random(11);
        var times = Enumerable.Range(-180, 213).Where(minute => minute is < -40 or >= -30)
            .Select(minute => (Minute: minute, At: CommentSample.Began.AddMinutes(minute).ToUnixTimeMilliseconds())).ToArray();
        return new MetricSeries
        {
            Component = component,
            Metric = metric,
            Unit = unit,
            Kind = kind,
            UnixMilliseconds = [.. times.Select(time => time.At)],
            Values = [.. times.Select(time => (time.Minute < 0 ? usual : reached) * (0.9 + (0.2 * random.NextDouble())))],
        };
    }
}
