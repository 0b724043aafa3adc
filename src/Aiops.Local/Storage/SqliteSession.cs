using Microsoft.Data.Sqlite;

namespace Aiops.Local.Storage;

/// <summary>
/// One connection and its prepared statements, lent to a read or a write for the length of its transaction.
/// Parameters are positional: <c>?1</c>, <c>?2</c>, … Each distinct SQL text stays prepared, so build no SQL from values.
/// </summary>
/// <remarks>
/// Values are <c>null</c>, <c>long</c>/<c>int</c>, <c>double</c>, <c>bool</c>, <c>string</c> or <c>byte[]</c>; instants are
/// kept as Unix milliseconds by <see cref="SqliteInstants"/>. Not for use by several threads, nor after the callback returned.
/// </remarks>
public sealed class SqliteSession : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    internal SqliteSession(SqliteConnection connection) => Connection = connection;

    /// <summary>For what the methods here don't cover. Leave its transaction alone.</summary>
    public SqliteConnection Connection { get; }

    internal bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(Connection.Handle) == 0;

    /// <returns>How many rows were inserted, updated or deleted.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <returns>The first column of the first row; the type's default where there is no row or the value is NULL.</returns>
    public T? Scalar<T>(string sql, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        return reader.Read() && !reader.IsDBNull(0) ? reader.GetFieldValue<T>(0) : default;
    }

    /// <returns>The first row, or null where there is none.</returns>
    public T? First<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
        where T : class
    {
        using var reader = Bind(sql, values).ExecuteReader();
        return reader.Read() ? row(reader) : null;
    }

    /// <returns>Every row, read to the end before this returns.</returns>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }

    /// <summary>Runs several statements once, without keeping them prepared: for schemas.</summary>
    public void Script(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    // Fails at once where another process is writing. (A command would retry, in sleeps of 150 ms on this thread.)
    internal void BeginWrite()
        => SqliteException.ThrowExceptionForRC(SQLitePCL.raw.sqlite3_exec(Connection.Handle, "BEGIN IMMEDIATE"), Connection.Handle);

    public void Dispose()
    {
        foreach (var command in prepared.Values)
            command.Dispose();
        Connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = Connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = "?" + i });
            prepared.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
