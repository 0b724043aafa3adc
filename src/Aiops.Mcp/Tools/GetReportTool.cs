using Aiops.Mcp.Answers;
using Aiops.Mcp.Asking;
using Aiops.Pipeline;
using ModelContextProtocol.Protocol;

namespace Aiops.Mcp.Tools;

internal sealed class GetReportTool(McpPorts ports, IncidentReader reader) : AiopsTool(
    "get_report",
    "Report of an incident",
    "What an analysis found: kind and severity with reasons, ranked causes with the evidence for and against, what to do, what was missing; and the ticket's comment as Markdown.",
    [
        Parameter.Incident,
        Parameter.Round,
        new("form", ParameterKind.Text, "The figures alone, the comment alone, or both (default).") { Choices = ["figures", "comment", "both"] },
    ],
    ports.Time)
{
    protected override async Task<CallToolResult> AnswerAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var form = arguments.Text("form") ?? "both";
        var report = await reader.ReportAsync(arguments, cancellationToken);
        var newest = arguments.Number("round") is null || report.Round == await reader.RoundAsync(report.Incident.Id, cancellationToken);

        // One comment is edited in place: that of an earlier analysis is gone from the documents.
        var comment = form != "figures" && newest ? await reader.TextAsync(DocumentKeys.Comment(report.Incident.Id), cancellationToken) : null;
        if (form == "comment")
        {
            return comment is not null
                ? new CallToolResult { Content = [new TextContentBlock { Text = Answer.Fence(Pipeline.Masking.SecretMask.Mask(comment), ["it"]) }] }
                : throw new ToolRefusedException("There is no comment of that analysis: the ticket's one comment shows the newest.");
        }

        return Answer.Of(ReportAnswer.Of(report, comment), AnswerJson.Default.ReportAnswer, [.. ReportAnswer.Outside("").Select(path => path[1..])]).ToResult();
    }
}
