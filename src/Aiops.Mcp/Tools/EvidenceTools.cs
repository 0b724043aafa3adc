using System.Text.Json.Serialization.Metadata;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Traces;
using Aiops.Mcp.Answers;
using Aiops.Mcp.Asking;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.GatherContext;
using ModelContextProtocol.Protocol;

namespace Aiops.Mcp.Tools;

/// <summary>What one source gave when the incident was analysed, filtered and paged. Nothing is asked of the source again.</summary>
internal sealed class EvidenceQueryTool<T>(
    string name, string title, string description, IReadOnlyList<Parameter> filters, McpPorts ports, IncidentReader reader, ContextSource source,
    Func<IncidentReport, ToolArguments, IEnumerable<T>> entries, JsonTypeInfo<SourceAnswer<T>> type, IReadOnlyList<string> outside)
    : AiopsTool(name, title, description, [Parameter.Incident, Parameter.Round, .. filters, Parameter.Limit, Parameter.Cursor], ports.Time)
{
    protected override async Task<CallToolResult> AnswerAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var report = await reader.ReportAsync(arguments, cancellationToken);
        T[] found = [.. entries(report, arguments)];
        var part = report.Context.Parts.FirstOrDefault(one => one.Source == source);
        var asked = string.Join('\n', filters.Select(filter => filter.Kind == ParameterKind.Flag ? $"{arguments.Flag(filter.Name)}" : arguments.Text(filter.Name)));
        return Page(
            found, arguments, $"{source} {report.Incident.Id} {report.Round} {found.Length} {asked}",
            some => new SourceAnswer<T>(
                report.Incident.Id, report.Round, report.Context.Window, part?.Status.ToString().ToLowerInvariant() ?? "missing", part?.Gaps ?? [], found.Length, some),
            type, [.. outside.Select(path => $"entries[].{path}"), "gaps"]);
    }
}

/// <summary>The sources that can be asked.</summary>
internal static class EvidenceTools
{
    public static IEnumerable<AiopsTool> Of(McpPorts ports, IncidentReader reader) =>
    [
        new EvidenceQueryTool<MetricAnswer>(
            "query_metrics", "Metrics of an incident", "The metrics that an analysis looked at, each before and during the incident, those that moved most first.",
            [
                Parameter.Component,
                new("metric", ParameterKind.Text, "Only metrics with this in their name."),
                new("points", ParameterKind.Flag, "With the series itself, at most 60 points each."),
            ],
            ports, reader, ContextSource.Metrics, Metrics, AnswerJson.Default.SourceAnswerMetricAnswer, ["component", "metric"]),
        new EvidenceQueryTool<LogAnswer>(
            "query_logs", "Log patterns of an incident", "Log patterns, not raw lines: how often each came before and during the incident, the most telling first; then where the usual order of lines broke.",
            [Parameter.Component, new("text", ParameterKind.Text, "Only patterns with this in them.")],
            ports, reader, ContextSource.Logs, Logs, AnswerJson.Default.SourceAnswerLogAnswer, ["pattern", "order"]),
        new EvidenceQueryTool<OperationShift>(
            "query_operations", "Operations of an incident", "Operations from traces: calls, failures and durations before and during the incident, those with most failures first.",
            [Parameter.Component],
            ports, reader, ContextSource.Traces, Operations, AnswerJson.Default.SourceAnswerOperationShift, ["component", "operation", "caller"]),
        new EvidenceQueryTool<Change>(
            "query_changes", "Changes before an incident", "Deployments, settings and other changes around the incident, the latest first.",
            [Parameter.Component],
            ports, reader, ContextSource.Changes, Changes, AnswerJson.Default.SourceAnswerChange, ["component", "summary", "actor", "reference"]),
        new EvidenceQueryTool<TopologyAnswer>(
            "query_topology", "Topology around an incident", "Components with what they call and what calls them.",
            [Parameter.Component],
            ports, reader, ContextSource.Topology, Topology, AnswerJson.Default.SourceAnswerTopologyAnswer, ["component", "calls", "calledBy"]),
        new GetEvidenceTool(ports, reader),
    ];

    private static IEnumerable<MetricAnswer> Metrics(IncidentReport report, ToolArguments asked)
        => report.Context.Metrics
            .Where(series => IsOf(series.Component, asked) && (asked.Text("metric") is not { } metric || series.Metric.Contains(metric, StringComparison.OrdinalIgnoreCase)))
            .Select(series => MetricAnswer.Of(series, report.Context.Window, asked.Flag("points")))
            .OrderByDescending(Moved);

    private static IEnumerable<LogAnswer> Logs(IncidentReport report, ToolArguments asked)
        => report.Context.Logs.Where(log => IsOf(log.Component, asked) && Holds(log.Template, asked)).OrderByDescending(log => Math.Abs(log.Significance)).Select(log => new LogAnswer(log, null))
            .Concat(report.Context.Sequences.Where(order => IsOf(order.Component, asked) && Holds(order.Template, asked)).OrderByDescending(order => order.Nats).Select(order => new LogAnswer(null, order)));

    private static IEnumerable<OperationShift> Operations(IncidentReport report, ToolArguments asked)
        => report.Context.Traces.Where(shift => IsOf(shift.Component, asked)).OrderByDescending(shift => shift.Incident.Failed).ThenByDescending(shift => shift.Incident.Count);

    private static IEnumerable<Change> Changes(IncidentReport report, ToolArguments asked)
        => report.Context.Changes.Where(change => IsOf(change.Component, asked)).OrderByDescending(change => change.At);

    private static IEnumerable<TopologyAnswer> Topology(IncidentReport report, ToolArguments asked)
        => report.Context.Topology.Components.Where(component => IsOf(component.Name, asked)).Select(component => new TopologyAnswer(
            component.Name, component.Type, report.Context.Topology.CalleesOf(component.Name), report.Context.Topology.CallersOf(component.Name)));

    private static bool IsOf(string component, ToolArguments asked) => asked.Text("component") is not { } wanted || component == wanted;

    private static bool Holds(string template, ToolArguments asked)
        => asked.Text("text") is not { } text || template.Contains(text, StringComparison.OrdinalIgnoreCase);

    // By how far the mean went, in spans of what was usual; a flat past has none, and any step from it counts most.
    private static double Moved(MetricAnswer metric) => metric is { Before.Samples: > 0, During.Samples: > 0 }
        ? Math.Abs(metric.During.Mean - metric.Before.Mean) / Math.Max(metric.Before.Most - metric.Before.Least, 1e-9)
        : 0;
}
