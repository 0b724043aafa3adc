using System.Text.Json.Nodes;
using Aiops.Ask.Questions;

namespace Aiops.Ask.ServiceReport;

/// <summary>A report as JSON.</summary>
public static class ReportJson
{
    public static JsonObject Of(WrittenReport report) => new()
    {
        ["service"] = report.Service,
        ["from"] = report.From.ToString("s"),
        ["to"] = report.To.ToString("s"),
        ["timeZone"] = report.TimeZone,
        ["parts"] = new JsonArray([.. report.Parts.Select(part => (JsonNode)new JsonObject
        {
            ["title"] = part.Title,
            ["sentence"] = part.Sentence,
            ["columns"] = new JsonArray([.. part.Columns.Select(column => (JsonNode)column.Name)]),
            ["rows"] = AnswerJson.Rows(part.Rows),
            ["sql"] = part.Sql,
        })]),
        ["seconds"] = Math.Round(report.Elapsed.TotalSeconds, 4),
    };
}
