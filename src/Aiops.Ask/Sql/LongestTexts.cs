using System.Globalization;
using Aiops.Ask.Data;
using Aiops.Ask.DuckDb;

namespace Aiops.Ask.Sql;

/// <summary>
/// Whether the texts that one step makes fit into memory. DuckDB makes those of some 2,000 rows at once and on each thread, before it
/// counts them and before anything can stop it; so the longest text of the tables that are read is looked up, once for each
/// column, named in the statement or not.
/// </summary>
internal static class LongestTexts
{
    private const int RowsOfStep = 2_048; // STANDARD_VECTOR_SIZE

    /// <param name="times">How many times the longest text a row's computed ones come to.</param>
    /// <exception cref="StatementException">They don't.</exception>
    public static void Check(DuckDbConnection connection, QuestionData data, SyntaxCheck syntax, double times)
    {
        var longest = syntax.Tables.SelectMany(table => data.Find(table)!.Table.Columns
                .Where(column => column.Type == "VARCHAR")
                .Select(column => data.LongestOf(connection, table, column.Name)))
            .DefaultIfEmpty(0).Max();
        if (times * longest * RowsOfStep * data.Limits.Threads > data.Limits.WorkMemory)
        {
            throw new StatementException(
                $"It makes texts out of ones of up to {longest.ToString("N0", CultureInfo.InvariantCulture)} bytes, which could take more than the {data.Limits.WorkMemory >> 20:N0} MB of memory "
                + "that it may use: shorten them first, as left(body, 500).");
        }
    }
}
