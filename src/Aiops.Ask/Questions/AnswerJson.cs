using System.Globalization;
using System.Text.Json.Nodes;

namespace Aiops.Ask.Questions;

/// <summary>An answer as JSON, rows as arrays in the order of the columns: what <c>aiops ask --json</c> prints and other agents read.</summary>
public static class AnswerJson
{
    public static JsonObject Of(Answer answer)
    {
        var json = answer switch
        {
            Answer.Answered one => Answered(one),
            Answer.Refused one => new JsonObject { ["kind"] = "refused", ["reason"] = one.Reason, ["sql"] = one.Sql },
            Answer.NotUnderstood one => new JsonObject { ["kind"] = "notUnderstood", ["missing"] = one.Missing },
            Answer.WithoutModel one => new JsonObject
            {
                ["kind"] = "withoutModel",
                ["reason"] = one.Reason,
                ["remedy"] = one.Remedy,
                ["nearest"] = new JsonArray([.. one.Nearest.Select(Use)]),
            },
            _ => throw new NotSupportedException(answer.GetType().Name),
        };
        json["attempts"] = new JsonArray([.. answer.Attempts.Select(attempt => (JsonNode)new JsonObject { ["sql"] = attempt.Sql, ["problem"] = attempt.Problem })]);
        json["cost"] = new JsonObject
        {
            ["rowsScanned"] = answer.Cost.RowsScanned,
            ["seconds"] = Math.Round(answer.Cost.Elapsed.TotalSeconds, 4),
            ["querySeconds"] = Math.Round(answer.Cost.Query.TotalSeconds, 4),
            ["modelCalls"] = answer.Cost.Model.Calls,
            ["modelTokens"] = answer.Cost.Model.Tokens,
            ["modelUsd"] = answer.Cost.Model.MicroDollars / 1e6,
        };
        return json;
    }

    internal static JsonArray Rows(IReadOnlyList<object?[]> rows) => [.. rows.Select(row => (JsonNode)new JsonArray([.. row.Select(Value)]))];

    private static JsonObject Answered(Answer.Answered one) => new()
    {
        ["kind"] = "answered",
        ["title"] = one.Title,
        ["sql"] = one.Sql,
        ["columns"] = new JsonArray([.. one.Columns.Select(column => (JsonNode)new JsonObject { ["name"] = column.Name, ["type"] = column.Type })]),
        ["rows"] = Rows(one.Rows),
        ["isCut"] = one.IsCut,
        ["trusted"] = one.Trusted is { } use ? Use(use) : null,
        ["notes"] = new JsonArray([.. one.Notes.Select(note => (JsonNode)note)]),
    };

    private static JsonNode Use(TrustedUse use) => new JsonObject { ["pair"] = use.Pair, ["question"] = use.Question, ["likeness"] = use.Likeness };

    private static JsonNode? Value(object? value) => value switch
    {
        null => null,
        bool flag => JsonValue.Create(flag),
        long whole => JsonValue.Create(whole),
        double real when double.IsFinite(real) => JsonValue.Create(real),
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
