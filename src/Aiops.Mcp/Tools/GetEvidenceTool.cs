using Aiops.Mcp.Answers;
using Aiops.Mcp.Asking;
using ModelContextProtocol.Protocol;

namespace Aiops.Mcp.Tools;

internal sealed class GetEvidenceTool(McpPorts ports, IncidentReader reader) : AiopsTool(
    "get_evidence",
    "One piece of evidence",
    "One piece of evidence by the id that a report cites (E7): its statement, where it came from, which causes it speaks for or against, and the series behind it.",
    [Parameter.Incident, Parameter.Round, new("evidenceId", ParameterKind.Text, "As the report cites it: E7.") { Required = true, Most = 40 }],
    ports.Time)
{
    protected override async Task<CallToolResult> AnswerAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var report = await reader.ReportAsync(arguments, cancellationToken);
        var id = arguments.TextOf("evidenceId");
        var evidence = report.Diagnosis.Evidence.FirstOrDefault(one => one.Id == id)
            ?? throw new ToolRefusedException(report.Diagnosis.Evidence is [var first, .., var last]
                ? $"That analysis has no such evidence: it has {first.Id} to {last.Id}."
                : "That analysis has no such evidence.");
        var series = evidence.Series is { } name ? report.Context.Metrics.FirstOrDefault(one => one.ToString() == name) : null;
        return Answer.Of(
            new EvidenceAnswer(
                report.Incident.Id, report.Round, evidence,
                [.. report.Diagnosis.Hypotheses.Where(one => one.For.Contains(id)).Select(one => one.Rank)],
                [.. report.Diagnosis.Hypotheses.Where(one => one.Against.Contains(id)).Select(one => one.Rank)],
                series is null ? null : MetricAnswer.PointsOf(series)),
            AnswerJson.Default.EvidenceAnswer, ["evidence"]).ToResult();
    }
}
