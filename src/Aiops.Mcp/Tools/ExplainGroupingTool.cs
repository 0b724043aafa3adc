using Aiops.Mcp.Answers;
using Aiops.Mcp.Asking;
using Aiops.Pipeline.Intake;
using ModelContextProtocol.Protocol;

namespace Aiops.Mcp.Tools;

internal sealed class ExplainGroupingTool(McpPorts ports) : AiopsTool(
    "explain_grouping",
    "Why alarms are one incident",
    "What was decided about each alarm, oldest first, and why: opened, joined with the score's parts, duplicate, held, suppressed. By incident, or by one alarm.",
    [
        Parameter.Incident with { Required = false },
        new("alarm", ParameterKind.Text, "Instead of an incident: an alarm's ARN or other subject, or a message id.") { Most = 1_000 },
        Parameter.Limit,
        Parameter.Cursor,
    ],
    ports.Time)
{
    protected override async Task<CallToolResult> AnswerAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var (incident, alarm) = (arguments.Text("incidentId"), arguments.Text("alarm"));
        DecisionFilter[] filters = (incident, alarm) switch
        {
            ({ } id, null) => [new DecisionFilter { IncidentId = id }],
            (null, { } subject) => [new DecisionFilter { Subject = subject }, new DecisionFilter { SourceId = subject }],
            _ => throw new ToolRefusedException("Give either incidentId or alarm."),
        };
        IReadOnlyList<TriggerDecision> decisions = [];
        foreach (var filter in filters.TakeWhile(_ => decisions.Count == 0))
        {
            decisions = await ports.Incidents.ListDecisionsAsync(filter, cancellationToken);
        }

        return decisions.Count == 0
            ? throw new ToolRefusedException("Nothing was decided about it. Name an incident that list_incidents has, or an alarm as such an incident's decisions name it.")
            : Page(
                [.. decisions.Select(GroupedAlarm.Of)], arguments, $"decisions {decisions.Count} {incident} {alarm}",
                some => new GroupingAnswer(incident ?? alarm!, decisions.Count, some), AnswerJson.Default.GroupingAnswer,
                ["decisions[].title", "decisions[].subject", "decisions[].state", "decisions[].reasons[]"]);
    }
}
