namespace Aiops.Local.Storage;

/// <summary>Why a database file can't be used.</summary>
public enum DatabaseFileProblem
{
    /// <summary>Not a database, or its pages contradict each other.</summary>
    Corrupt,

    /// <summary>A database of another program.</summary>
    Foreign,

    /// <summary>Written by a later version of this program.</summary>
    NewerSchema,

    /// <summary>The file or its folder can't be opened, read or written.</summary>
    Unreachable,

    /// <summary>No room is left on the disk.</summary>
    DiskFull,
}

/// <summary>The database file can't be used until someone acts; the message names the file and what to do.</summary>
/// <remarks>Not worth a retry: the same call meets the same file.</remarks>
public sealed class DatabaseFileException(string path, DatabaseFileProblem problem, string detail, Exception? cause = null)
    : Exception($"{path}: {detail} {Remedy(problem)}", cause)
{
    public string Path { get; } = path;

    public DatabaseFileProblem Problem { get; } = problem;

    private static string Remedy(DatabaseFileProblem problem) => problem switch
    {
        DatabaseFileProblem.Corrupt =>
            "Move the file aside together with its -wal and -shm files and start again; `sqlite3 FILE .recover` may save its rows.",
        DatabaseFileProblem.Foreign => "Choose another state folder; this file was left as it is.",
        DatabaseFileProblem.NewerSchema => "Run the version that wrote it or a later one; this file was left as it is.",
        DatabaseFileProblem.Unreachable => "Check the path, the rights on the folder, and that its disk is a local one.",
        DatabaseFileProblem.DiskFull => "Free some space and try again; nothing of the failed write was kept.",
        _ => "",
    };
}
