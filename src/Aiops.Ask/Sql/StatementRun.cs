using Aiops.Ask.Data;
using Aiops.Ask.DuckDb;
using Aiops.Pipeline.Masking;

namespace Aiops.Ask.Sql;

/// <summary>Runs what was checked.</summary>
internal static class StatementRun
{
    /// <summary>Rows with secrets masked, at most <see cref="AskLimits.Rows"/>.</summary>
    /// <exception cref="StatementException">It failed: a value that can't be converted, too much memory.</exception>
    /// <exception cref="DuckDbException">It was interrupted.</exception>
    public static StatementAnswer Run(DuckDbConnection connection, CheckedStatement statement, AskLimits limits)
    {
        // The reader knows six kinds of columns, and columns may share a name: aliases and casts of ours go around it.
        var places = statement.Columns.Select((column, i) => (Alias: $"c{i}", column.Type)).ToList();
        var around = $"SELECT {string.Join(", ", places.Select(place => $"CAST({place.Alias} AS {DuckDbTypes.ReadAs(place.Type)})"))} "
            + $"FROM (\n{statement.Sql}\n) AS answer({string.Join(", ", places.Select(place => place.Alias))}) LIMIT {limits.Rows + 1}";
        try
        {
            using var prepared = connection.Prepare(around);
            var read = prepared.Run(limits.Rows + 1);
            var scanned = connection.Profiled("CUMULATIVE_ROWS_SCANNED");
            List<AnswerColumn> columns = [.. statement.Columns.Select(column => new AnswerColumn(column.Name, DuckDbTypes.ReadAs(column.Type)))];
            return new StatementAnswer(columns, [.. read.Rows.Take(limits.Rows).Select(Masked)], read.Rows.Count > limits.Rows, scanned);
        }
        catch (DuckDbException e) when (!e.IsInterrupted)
        {
            throw new StatementException(e.IsOutOfMemory
                ? $"It needs more than the {limits.WorkMemory >> 20:N0} MB of memory that it may use: narrow it, or group more coarsely."
                : StatementCheck.WhileRunning(e.Message));
        }
    }

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
