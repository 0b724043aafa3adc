using System.Globalization;
using Aiops.Ask.Questions;
using Aiops.Ask.Sql;
using Spectre.Console;

namespace Aiops.Cli.Ask;

/// <summary>An answer for people: the table, the statement, what it took.</summary>
internal static class AnswerScreen
{
    private const int MostShown = 100;
    private const int LongestValue = 200;

    /// <returns>The exit code that says which kind it was.</returns>
    public static int Show(Answer answer, bool explain, CommandEnvironment environment)
    {
        var console = environment.Console;
        foreach (var attempt in explain ? answer.Attempts : [])
        {
            console.MarkupLineInterpolated($"[grey]not run: {attempt.Problem}[/]");
            console.WriteLine(attempt.Sql);
        }

        switch (answer)
        {
            case Answer.Answered answered:
                ShowRows(answered, console);
                console.WriteLine();
                environment.Output.WriteLine(answered.Sql); // Unwrapped, to be copied.
                if (explain)
                {
                    console.WriteLine();
                    console.WriteLine(answered.Plan);
                }

                ShowNotes(answered, console);
                return ExitCodes.Ok;
            case Answer.Refused refused:
                environment.ErrorConsole.MarkupLineInterpolated($"[red]Not run: {refused.Reason}[/]");
                environment.ErrorConsole.WriteLine(refused.Sql);
                ShowSpent(refused, environment);
                return ExitCodes.BadInput;
            case Answer.NotUnderstood missing:
                environment.ErrorConsole.MarkupLineInterpolated($"[yellow]{missing.Missing}[/]");
                ShowSpent(missing, environment);
                return ExitCodes.BadInput;
            case Answer.WithoutModel without:
                environment.ErrorConsole.MarkupLineInterpolated($"[yellow]{without.Reason}[/]");
                environment.ErrorConsole.MarkupLineInterpolated($"{without.Remedy}");
                foreach (var near in without.Nearest)
                {
                    environment.ErrorConsole.MarkupLineInterpolated($"  nearest: {near.Question} [grey]({near.Pair}, {near.Likeness:0.00} alike)[/]");
                }

                ShowSpent(without, environment);
                return ExitCodes.NotFound;
            default:
                throw new NotSupportedException(answer.GetType().Name);
        }
    }

    public static void ShowTable(IReadOnlyList<AnswerColumn> columns, IReadOnlyList<object?[]> rows, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            var shown = new TableColumn(new Text(column.Name));
            table.AddColumn(column.Type is "BIGINT" or "DOUBLE" ? shown.RightAligned() : shown);
        }

        foreach (var row in rows.Take(MostShown))
        {
            table.AddRow(row.Select(value => new Text(TextOf(value))));
        }

        console.Write(table);
        if (rows.Count > MostShown)
        {
            console.MarkupLineInterpolated($"[grey]{MostShown} of {rows.Count:N0} rows are shown; --out FILE has all.[/]");
        }
    }

    private static void ShowRows(Answer.Answered answered, IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"[bold]{answered.Title}[/]");
        if (answered.Rows.Count == 0)
        {
            console.MarkupLine("No rows.");
            return;
        }

        ShowTable(answered.Columns, answered.Rows, console);
    }

    private static void ShowNotes(Answer.Answered answered, IAnsiConsole console)
    {
        foreach (var note in answered.Notes)
        {
            console.MarkupLineInterpolated($"[grey]{note}[/]");
        }

        if (answered.Trusted is { } use)
        {
            console.MarkupLineInterpolated($"[grey]By the trusted pair {use.Pair} (“{use.Question}”, {use.Likeness:0.00} alike).[/]");
        }

        var cost = answered.Cost;
        var model = cost.Model.Calls == 0 ? "no model" : Spent(cost);
        console.MarkupLineInterpolated($"[grey]{answered.Rows.Count:N0} rows; {(cost.RowsScanned is { } scanned ? $"{scanned:N0} read" : "reads not counted")}; {cost.Query.TotalSeconds:0.000} s of {cost.Elapsed.TotalSeconds:0.000} s; {model}.[/]");
    }

    // Calls that came to no answer are paid for too.
    private static void ShowSpent(Answer answer, CommandEnvironment environment)
    {
        if (answer.Cost.Model.Calls > 0)
        {
            environment.ErrorConsole.MarkupLineInterpolated($"[grey]{Spent(answer.Cost)}.[/]");
        }
    }

    private static string Spent(AnswerCost cost)
        => string.Create(CultureInfo.InvariantCulture, $"{cost.Model.Calls} model calls, {cost.Model.Tokens:N0} tokens, ${cost.Model.MicroDollars / 1e6:0.0000}");

    public static string TextOf(object? value)
    {
        var text = value switch
        {
            null => "–",
            double real => real.ToString(Math.Abs(real) is >= 1e15 or (> 0 and < 1e-4) ? "0.###e0" : "0.####", CultureInfo.InvariantCulture),
            DateTime time => time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
        text = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return text.Length <= LongestValue ? text : text[..LongestValue] + "…";
    }
}
