using Aiops.Mcp.Answers;
using Aiops.Mcp.Asking;
using Aiops.Pipeline.Learn.Retrieval;
using ModelContextProtocol.Protocol;

namespace Aiops.Mcp.Tools;

internal sealed class SimilarCasesTool(McpPorts ports, IncidentReader reader) : AiopsTool(
    "similar_cases",
    "Similar reviewed cases",
    "Earlier incidents that people reviewed and that this one resembles, with what they share and what it turned out to be; and what runbooks say of it.",
    [Parameter.Incident, Parameter.Round],
    ports.Time)
{
    protected override async Task<CallToolResult> AnswerAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var report = await reader.ReportAsync(arguments, cancellationToken);
        return Answer.Of(
            new SimilarAnswer(report.Incident.Id, report.Round, report.Context.PastIncidents, report.Diagnosis.Runbooks),
            AnswerJson.Default.SimilarAnswer, ["cases[]", "runbooks[]"]).ToResult();
    }
}

internal sealed class SearchKnowledgeTool(McpPorts ports) : AiopsTool(
    "search_knowledge",
    "Search what is known",
    "Looks through reviewed cases, runbooks and post-mortems by words, the best first.",
    [
        new("text", ParameterKind.Text, "What is looked for.") { Required = true, Most = 500 },
        new("kind", ParameterKind.Text, "Only cases, or only documents.") { Choices = ["case", "document"] },
        Parameter.Limit,
        Parameter.Cursor,
    ],
    ports.Time)
{
    private const int MostFound = 200;

    protected override async Task<CallToolResult> AnswerAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var (text, kind) = (arguments.TextOf("text"), arguments.Text("kind"));
        var index = await ports.Knowledge.OfAsync(ports.KnowledgeScope, cancellationToken);
        var query = new KnowledgeQuery { Text = text, Cases = kind is null or "case", Documents = kind is null or "document" };
        FoundKnowledge[] found = [.. index.Search(query, MostFound).Select(FoundKnowledge.Of)];
        return Page(
            found, arguments, $"knowledge {found.Length} {kind} {text}", some => new FoundAnswer(text, some), AnswerJson.Default.FoundAnswer,
            ["found[].title", "found[].heading", "found[].text"]);
    }
}
