using System.Text.RegularExpressions;
using Aiops.Ask.Data;
using Aiops.Ask.DuckDb;

namespace Aiops.Ask.Sql;

/// <summary>
/// Everything that is looked at before a statement runs: that it is one SELECT on catalogued tables with allowed functions, that
/// its columns exist, and that neither its texts nor its plan get out of hand.
/// </summary>
internal static partial class StatementCheck
{
    /// <returns>The statement, ready to run, with its plan.</returns>
    /// <exception cref="StatementException">It isn't run, for the reason named.</exception>
    public static CheckedStatement Check(DuckDbConnection connection, QuestionData data, string sql)
    {
        sql = sql.Trim().TrimEnd(';').TrimEnd();
        if (sql.Length > data.Limits.StatementLength || sql.Contains('\0', StringComparison.Ordinal))
        {
            throw new StatementException($"A statement has {data.Limits.StatementLength:N0} characters at most, and no NUL.");
        }

        try
        {
            using var tree = SyntaxTree.Parse(connection, sql);
            var root = tree.RootElement.GetProperty("statements")[0];
            var syntax = new SyntaxCheck(data);
            syntax.Walk(root.GetProperty("node"));
            new WholeRows(data).Check(root.GetProperty("node"));
            var size = new StatementSize(data);
            size.Check(root.GetProperty("node"));
            foreach (var generator in syntax.Generators)
            {
                Count(connection, SyntaxTree.QueryOf(connection, generator), data.Limits.GeneratedRows);
            }

            if (size.MadeTimes > 0)
            {
                LongestTexts.Check(connection, data, syntax, size.MadeTimes);
            }

            using var statement = connection.Prepare(sql); // Names of columns are looked up here.
            if (!statement.IsSelect)
            {
                throw new StatementException("Only one SELECT is run, and nothing else.");
            }

            if (statement.Columns.Count > data.Limits.Columns)
            {
                throw new StatementException($"It answers {statement.Columns.Count:N0} columns, and {data.Limits.Columns} are allowed: name the ones that are needed.");
            }

            var plan = Plan(connection, sql, "(FORMAT json) ");
            PlanCheck.Check(plan, data.Limits);
            return new CheckedStatement(sql, statement.Columns, [.. syntax.Tables], Plan(connection, sql, ""));
        }
        catch (DuckDbException e) when (!e.IsStopped)
        {
            throw new StatementException(Why(e.Message));
        }
    }

    /// <summary>
    /// Why DuckDB didn't take or finish a statement. Its own words are handed on only where it looked at the statement alone; those
    /// of an error while running or folding may quote rows.
    /// </summary>
    public static string Why(string message)
        => OfStatement.Any(kind => message.StartsWith(kind, StringComparison.Ordinal))
            ? Quoted().Replace(message.Split("\n\nLINE ", 2)[0].Trim().ReplaceLineEndings(" "), "'…'")
            : WhileRunning(message);

    /// <summary>The kind of an error alone.</summary>
    public static string WhileRunning(string message)
        => $"{OfRows.FirstOrDefault(kind => message.StartsWith(kind, StringComparison.Ordinal)) ?? "Error"} while it ran: a value isn't as the statement takes it to be. "
            + "Leave such rows out with WHERE, or write the expression for any value.";

    private static readonly string[] OfStatement = ["Parser Error", "Syntax Error", "Binder Error", "Catalog Error"];

    private static readonly string[] OfRows = ["Conversion Error", "Out of Range Error", "Invalid Input Error", "Mismatch Type Error", "Not implemented Error"];

    private static string Plan(DuckDbConnection connection, string sql, string format)
        => string.Join('\n', connection.Query($"EXPLAIN {format}SELECT * FROM (\n{sql}\n)").Rows.Select(row => row[^1]));

    private static void Count(DuckDbConnection connection, string query, int most)
    {
        if (connection.Query($"SELECT 1::BIGINT FROM (FROM (\n{query}\n) LIMIT {most + 1})").Rows.Count > most)
        {
            throw new StatementException($"range and generate_series make {most:N0} rows at most.");
        }
    }

    [GeneratedRegex("'[^']*'", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Quoted();
}

/// <param name="Columns">As it answers them.</param>
/// <param name="Tables">Catalogued tables that it reads.</param>
/// <param name="Plan">How DuckDB would run it, for people.</param>
internal sealed record CheckedStatement(string Sql, IReadOnlyList<DuckDbColumn> Columns, IReadOnlyList<string> Tables, string Plan);
