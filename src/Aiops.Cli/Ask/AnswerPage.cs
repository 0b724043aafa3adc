using System.Globalization;
using Aiops.Ask.Questions;
using Aiops.Ask.ServiceReport;
using Aiops.Ask.Sql;
using Aiops.Console;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Cli.Ask;

/// <summary>Answers in the words of the console's page.</summary>
internal static class AnswerPage
{
    /// <summary>Rows on a page; the statement is there for who wants all.</summary>
    public const int MostRows = 200;

    private const string StyleBegin = "<style>";
    private const string StyleEnd = "</style>";

    /// <param name="conversation">By which a follow-up goes on; null for none.</param>
    public static QuestionAnswer Of(Answer answer, string? conversation) => answer switch
    {
        Answer.Answered one => Page(one.Title) with
        {
            Table = Table(one.Columns, one.Rows),
            Chart = Drawn(one.Chart),
            Sql = one.Sql,
            Trusted = one.Trusted?.Question,
            Notes = one.Notes,
        },
        Answer.Refused one => Page("Not run") with { Problem = one.Reason, Sql = one.Sql, Remedy = "Ask in other words, or for less." },
        Answer.NotUnderstood one => Page("Something is missing") with { Problem = one.Missing, Remedy = "Ask again with that in it." },
        Answer.WithoutModel one => Page("No answer") with { Problem = one.Reason, Remedy = one.Remedy, Nearest = [.. one.Nearest.Select(near => near.Question)] },
        _ => throw new NotSupportedException(answer.GetType().Name),
    } with
    {
        Failed = [.. answer.Attempts.Select(attempt => new FailedStatement(attempt.Sql, attempt.Problem))],
        Cost = CostOf(answer.Cost),
        Conversation = conversation,
    };

    public static ServiceAnalysis Of(WrittenReport report) => new(
        string.Create(CultureInfo.InvariantCulture, $"{report.Service}, {report.From:yyyy-MM-dd HH:mm} to {report.To:yyyy-MM-dd HH:mm} ({report.TimeZone})"),
        null,
        [.. report.Parts.Select(part => new AnalysisPart(part.Title, part.Sentence, Table(part.Columns, part.Rows), Drawn(part.Chart), part.Sql))]);

    private static QuestionAnswer Page(string title) => new() { Title = title, Cost = "" };

    private static AnswerTable Table(IReadOnlyList<AnswerColumn> columns, IReadOnlyList<object?[]> rows) => new(
        [.. columns.Select(column => new AnswerHead(column.Name, column.Type is "BIGINT" or "DOUBLE"))],
        [.. rows.Take(MostRows).Select(row => (IReadOnlyList<string>)[.. row.Select(AnswerScreen.TextOf)])],
        rows.Count);

    // The console's policy runs no style within a page: its own sheet knows a drawing's classes.
    private static string? Drawn(string? svg)
    {
        if (svg is null)
        {
            return null;
        }

        var (from, to) = (svg.IndexOf(StyleBegin, StringComparison.Ordinal), svg.IndexOf(StyleEnd, StringComparison.Ordinal));
        return from < 0 || to < from ? null : $"<svg class=\"drawn\"{svg["<svg".Length..from]}{svg[(to + StyleEnd.Length)..]}";
    }

    private static string CostOf(AnswerCost cost) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(cost.RowsScanned is { } scanned ? $"{scanned:#,##0} rows read, " : "")}{(cost.Query > TimeSpan.Zero ? $"{cost.Query.TotalSeconds:0.00} s of " : "")}{cost.Elapsed.TotalSeconds:0.00} s; {ModelOf(cost.Model)}.");

    private static string ModelOf(ModelSpend model) => model.Calls == 0
        ? "no model asked, $0"
        : string.Create(CultureInfo.InvariantCulture, $"{model.Calls} model {(model.Calls == 1 ? "call" : "calls")}, {model.Tokens:#,##0} tokens, ${model.MicroDollars / 1e6:0.0000}");
}
