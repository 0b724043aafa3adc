using System.Text.Json.Nodes;
using Aiops.Mcp.Answers;
using Aiops.Mcp.Asking;
using ModelContextProtocol.Protocol;

namespace Aiops.Mcp.Tools;

internal sealed class AskTool(IQuestions questions, TimeProvider time) : AiopsTool(
    "ask",
    "Ask in plain words",
    "Answers a question about telemetry, incidents, reviews and cost as a table, with the SQL that ran (\"how often did we blame deployments and were wrong?\"). Only reads. Where it doesn't understand, it says what is missing.",
    [new("question", ParameterKind.Text, "One question, in words.") { Required = true, Most = 2_000 }],
    time)
{
    protected override TimeSpan Longest => TimeSpan.FromMinutes(2); // A model may be asked several times.

    protected override async Task<CallToolResult> AnswerAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var told = await questions.AskAsync(arguments.TextOf("question"), cancellationToken);
        told.Remove("chart"); // A drawing is for people.
        while (true)
        {
            var answer = Answer.Of(told, AnswerJson.Default.JsonObject, ["rows", "reason", "nearest", "attempts"]);
            if (answer.Size <= Answer.MostBytes || told["rows"] is not JsonArray { Count: > 1 } rows)
            {
                return answer.ToResult();
            }

            told["rows"] = new JsonArray([.. rows.Take(rows.Count / 2).Select(row => row?.DeepClone())]);
            told["isCut"] = true;
        }
    }
}
