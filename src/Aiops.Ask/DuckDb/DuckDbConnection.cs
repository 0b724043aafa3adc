using System.Globalization;

namespace Aiops.Ask.DuckDb;

/// <summary>One connection, for one caller at a time; <see cref="Interrupt"/> alone may come from another thread.</summary>
internal sealed class DuckDbConnection(ConnectionHandle handle) : IDisposable
{
    /// <summary>Prepares exactly one statement.</summary>
    /// <exception cref="DuckDbException">It isn't SQL, isn't one statement, or names what isn't there.</exception>
    public DuckDbStatement Prepare(string sql)
    {
        var count = DuckDbNative.ExtractStatements(handle, sql, out var extracted);
        try
        {
            if (count != 1)
            {
                throw new DuckDbException(count == 0 ? OrElse(DuckDbNative.TextOf(DuckDbNative.ExtractError(extracted)), "There is no statement.") : "One statement is asked for, and there are several.");
            }

            var failed = DuckDbNative.PrepareExtracted(handle, extracted, 0, out var prepared) != 0;
            var statement = new PreparedHandle(prepared);
            if (!failed)
            {
                return new DuckDbStatement(statement);
            }

            var message = DuckDbNative.TextOf(DuckDbNative.PrepareError(prepared));
            statement.Dispose();
            throw new DuckDbException(message);
        }
        finally
        {
            DuckDbNative.DestroyExtracted(ref extracted);
        }
    }

    /// <summary>Runs a statement of ours and forgets what it answers.</summary>
    public void Execute(string sql) => _ = Query(sql);

    /// <summary>Runs a statement of ours whose columns are of <see cref="DuckDbType"/>'s readable kinds.</summary>
    /// <param name="texts">What its parameters stand for.</param>
    public DuckDbRows Query(string sql, params ReadOnlySpan<string> texts)
    {
        using var statement = Prepare(sql);
        for (var i = 0; i < texts.Length; i++)
        {
            statement.Bind(i + 1, texts[i]);
        }

        return statement.Run(int.MaxValue);
    }

    public string? Text(string sql, params ReadOnlySpan<string> texts) => Query(sql, texts).Rows is [var row, ..] ? row[0]?.ToString() : null;

    public DuckDbAppender Append(string schema, string table)
    {
        var failed = DuckDbNative.AppenderCreate(handle, schema, table, out var created) != 0;
        var appender = new AppenderHandle(created);
        if (!failed)
        {
            return new DuckDbAppender(appender);
        }

        var message = appender.Error;
        appender.Dispose();
        throw new DuckDbException(message);
    }

    /// <summary>Ends what runs here, soon.</summary>
    public void Interrupt()
    {
        if (!handle.IsClosed)
        {
            DuckDbNative.Interrupt(handle);
        }
    }

    /// <summary>A figure of the last statement's profile; null where none was taken.</summary>
    public long? Profiled(string metric)
    {
        if (DuckDbNative.ProfilingInfo(handle) is not (not 0 and var info) || DuckDbNative.ProfilingValue(info, metric) is not (not 0 and var value))
        {
            return null;
        }

        try
        {
            var text = DuckDbNative.ValueText(value);
            var figure = double.TryParse(DuckDbNative.TextOf(text), CultureInfo.InvariantCulture, out var read) ? (long?)read : null;
            DuckDbNative.Free(text);
            return figure;
        }
        finally
        {
            DuckDbNative.DestroyValue(ref value);
        }
    }

    public void Dispose() => handle.Dispose();

    private static string OrElse(string text, string other) => text.Length > 0 ? text : other;
}
