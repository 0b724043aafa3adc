using Microsoft.Data.Sqlite;

namespace Aiops.Local.Storage;

/// <summary>One path and its options: opens connections on it, and puts SQLite's errors in the product's words.</summary>
internal sealed class SqliteFile
{
    /// <summary>SQLite's code for "another connection holds the lock".</summary>
    public const int Busy = 5;

    private const int ApplicationId = 0x41494F50; // "AIOP", at byte 68 of the file's header: it tells our files from others.
    private const int HeaderLength = 100; // Bytes, of every SQLite file.

    static SqliteFile() => SQLitePCL.Batteries_V2.Init();

    public SqliteFile(string path, SqliteDatabaseOptions options)
    {
        Path = System.IO.Path.GetFullPath(path);
        Options = options;
    }

    public string Path { get; }

    public SqliteDatabaseOptions Options { get; }

    /// <summary>Opens the one connection that writes, having made sure that the file is ours or new.</summary>
    public SqliteSession OpenWriter()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        if (new FileInfo(Path) is { Exists: true, Length: > 0 and < HeaderLength }) // SQLite would take it for empty, and overwrite it.
            throw new DatabaseFileException(Path, DatabaseFileProblem.Corrupt, "This is not a database.");
        var session = Connect();
        try
        {
            Claim(session);
            var mode = session.Scalar<string>("PRAGMA journal_mode = WAL");
            if (mode != "wal")
                throw new DatabaseFileException(Path, DatabaseFileProblem.Unreachable, "Its file system has no write-ahead log.");
            session.Script($"""
                PRAGMA synchronous = {(Options.Durability == Durability.PowerLoss ? "FULL" : "NORMAL")};
                PRAGMA fullfsync = ON; -- macOS: fsync alone stops at the drive's cache.
                PRAGMA journal_size_limit = 67108864; -- A burst's log doesn't stay large.
                """);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public SqliteSession OpenReader()
    {
        var session = Connect();
        session.Script("PRAGMA query_only = ON");
        return session;
    }

    /// <summary>The product's exception for one of SQLite's; the same one where it is our own mistake.</summary>
    public Exception Explain(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: Busy or 6 } e => new DatabaseBusyException(Path, Options.BusyTimeout, e),
        SqliteException { SqliteErrorCode: 11 } e => File(DatabaseFileProblem.Corrupt, "The database is damaged.", e),
        SqliteException { SqliteErrorCode: 26 } e => File(DatabaseFileProblem.Corrupt, "This is not a database.", e),
        SqliteException { SqliteErrorCode: 13 } e => File(DatabaseFileProblem.DiskFull, "The disk is full.", e),
        SqliteException { SqliteErrorCode: 3 or 8 or 10 or 14 or 23 } e // PERM, READONLY, IOERR, CANTOPEN, AUTH
            => File(DatabaseFileProblem.Unreachable, $"It can't be read or written ({e.Message}).", e),
        UnauthorizedAccessException or IOException
            => File(DatabaseFileProblem.Unreachable, $"It can't be opened ({exception.Message})", exception),
        _ => exception,
    };

    private DatabaseFileException File(DatabaseFileProblem problem, string detail, Exception cause)
        => new(Path, problem, detail, cause);

    private SqliteSession Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Pooling = false, // Closing must close: the last one folds the log back into the file.
            DefaultTimeout = Math.Max(1, (int)Math.Ceiling(Options.BusyTimeout.TotalSeconds)), // 0 would be for ever.
        }.ToString());
        var session = new SqliteSession(connection);
        try
        {
            connection.Open();
            session.Script("""
                PRAGMA foreign_keys = ON;
                PRAGMA temp_store = MEMORY;
                """);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void Claim(SqliteSession session)
    {
        if (session.Scalar<long>("PRAGMA application_id") == ApplicationId)
            return;
        session.BeginWrite(); // Two processes may start on a new file at once.
        var owner = session.Scalar<long>("PRAGMA application_id");
        if (owner != ApplicationId && (owner != 0 || session.Scalar<long>("SELECT count(*) FROM sqlite_master") > 0))
        {
            session.Execute("ROLLBACK");
            throw new DatabaseFileException(Path, DatabaseFileProblem.Foreign, "This is another program's database.");
        }

        session.Script($"""
            PRAGMA application_id = {ApplicationId};
            CREATE TABLE IF NOT EXISTS schema_version (component TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
            """);
        session.Execute("COMMIT");
    }
}
