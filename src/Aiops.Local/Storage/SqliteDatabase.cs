using Microsoft.Data.Sqlite;

namespace Aiops.Local.Storage;

/// <summary>
/// One SQLite file that several stores share: write-ahead log, one writer, several readers, safe between processes.
/// A write that has returned is on the disk.
/// </summary>
/// <remarks>
/// <para>Reads and writes are short callbacks over a <see cref="SqliteSession"/>; SQLite is synchronous, so there is nothing
/// to await inside. Don't call the database from within a callback, and bring no effect about in a write but its rows: the
/// commit comes after it, and may fail.</para>
/// <para>Throws <see cref="DatabaseFileException"/> where the file needs a person, <see cref="DatabaseBusyException"/> where
/// another process held it too long.</para>
/// </remarks>
public sealed class SqliteDatabase : IAsyncDisposable
{
    private readonly SqliteFile file;
    private readonly SqliteWriter writer;
    private readonly SqliteReaders readers;

    private SqliteDatabase(SqliteFile file, SqliteSession session)
    {
        this.file = file;
        writer = new SqliteWriter(session, file);
        readers = new SqliteReaders(file);
    }

    public string Path => file.Path;

    /// <summary>Opens the file, creating it and its folder where they are missing.</summary>
    public static async Task<SqliteDatabase> OpenAsync(string path, SqliteDatabaseOptions options, CancellationToken cancellationToken)
    {
        var target = new SqliteFile(path, options);
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new SqliteDatabase(target, target.OpenWriter());
            }
            catch (SqliteException e) when (e.SqliteErrorCode == SqliteFile.Busy && clock.GetElapsedTime(started) < options.BusyTimeout)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancellationToken);
            }
            catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
            {
                throw target.Explain(e);
            }
        }
    }

    /// <summary>Brings one component's tables up to date, in one transaction. Call it before the component's first use.</summary>
    public Task EnsureSchemaAsync(SqliteSchema schema, CancellationToken cancellationToken) => WriteAsync(session =>
    {
        var found = session.Scalar<long>("SELECT version FROM schema_version WHERE component = ?1", schema.Component);
        if (found > schema.Version)
        {
            throw new DatabaseFileException(Path, DatabaseFileProblem.NewerSchema,
                $"Its {schema.Component} tables are of version {found}, this program knows {schema.Version}.");
        }

        if (found == schema.Version)
            return;
        foreach (var migration in schema.Migrations.Skip((int)found))
            session.Script(migration);
        session.Execute("INSERT INTO schema_version VALUES (?1, ?2) ON CONFLICT DO UPDATE SET version = ?2",
            schema.Component, schema.Version);
    }, cancellationToken);

    /// <summary>Reads one consistent state, on the caller's thread.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
        => readers.ReadAsync(read, cancellationToken);

    /// <summary>
    /// Runs the write in a transaction that has the file to itself, and returns once it is committed. An exception takes
    /// the write back whole. Cancelling withdraws a write that hasn't begun; one that has begun is finished.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellationToken)
        => writer.WriteAsync(write, cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}(Func{SqliteSession, T}, CancellationToken)"/>
    public Task WriteAsync(Action<SqliteSession> write, CancellationToken cancellationToken) => writer.WriteAsync(session =>
    {
        write(session);
        return true;
    }, cancellationToken);

    /// <summary>Finishes the writes that wait, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        readers.Dispose();
        await writer.CloseAsync();
    }
}
