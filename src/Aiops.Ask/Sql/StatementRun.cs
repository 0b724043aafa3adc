using Aiops.Ask.Data;
using Aiops.Ask.DuckDb;
using Aiops.Pipeline.Masking;

namespace Aiops.Ask.Sql;

/// <summary>Runs what was checked.</summary>
internal static class StatementRun
{
    /// <summary>Rows with secrets masked, at most <see cref="AskLimits.Rows"/>.</summary>
    /// <exception cref="StatementException">It failed: a value that can't be converted, an answer that is too large.</exception>
    /// <exception cref="DuckDbException">It was stopped for its time or memory.</exception>
    public static StatementAnswer Run(DuckDbConnection connection, CheckedStatement statement, AskLimits limits)
    {
        // The reader knows six kinds of columns, and columns may share a name: aliases and casts of ours go around it.
        var places = statement.Columns.Select((column, i) => (Alias: $"c{i}", column.Type)).ToList();
        var around = $"SELECT {string.Join(", ", places.Select(place => Read(place.Alias, DuckDbTypes.ReadAs(place.Type), limits.CellLength)))} "
            + $"FROM (\n{statement.Sql}\n) AS answer({string.Join(", ", places.Select(place => place.Alias))}) LIMIT {limits.Rows + 1}";
        try
        {
            using var prepared = connection.Prepare(around);
            var read = prepared.Run(limits.Rows + 1, limits.AnswerMemory);
            var scanned = connection.Profiled("CUMULATIVE_ROWS_SCANNED");
            List<AnswerColumn> columns = [.. statement.Columns.Select(column => new AnswerColumn(column.Name, DuckDbTypes.ReadAs(column.Type)))];
            return new StatementAnswer(columns, [.. read.Rows.Take(limits.Rows).Select(Masked)], read.Rows.Count > limits.Rows, scanned);
        }
        catch (AnswerTooLargeException)
        {
            throw new StatementException(
                $"Its answer would take more than {limits.AnswerMemory >> 20:N0} MB: name fewer columns, or shorten texts with left(…, 1000).");
        }
        catch (DuckDbException e) when (!e.IsStopped)
        {
            throw new StatementException(StatementCheck.WhileRunning(e.Message));
        }
    }

    // Before DuckDB gathers them: a result isn't counted against its limit.
    private static string Read(string alias, string type, int longest)
        => type == "VARCHAR" ? $"CASE WHEN length({alias}::VARCHAR) > {longest} THEN left({alias}::VARCHAR, {longest}) || '…' ELSE {alias}::VARCHAR END" : $"CAST({alias} AS {type})";

    private static object?[] Masked(object?[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = row[i] is string text ? SecretMask.Mask(text) : row[i];
        }

        return row;
    }
}

/// <param name="IsCut">There were more rows than <see cref="AskLimits.Rows"/>.</param>
/// <param name="Scanned">Rows that were read for it; null where DuckDB doesn't say.</param>
internal sealed record StatementAnswer(IReadOnlyList<AnswerColumn> Columns, IReadOnlyList<object?[]> Rows, bool IsCut, long? Scanned);

/// <param name="Type">BOOLEAN, BIGINT, DOUBLE, TIMESTAMP, DATE or VARCHAR; values are bool, long, double, DateTime, DateOnly and string, or null.</param>
public sealed record AnswerColumn(string Name, string Type);
