namespace Aiops.Ask.DuckDb;

/// <summary>A database in memory; its connections may work side by side.</summary>
internal sealed class DuckDbDatabase : IDisposable
{
    private readonly DatabaseHandle handle;

    /// <exception cref="DuckDbMissingException">The library isn't here.</exception>
    public DuckDbDatabase()
    {
        DuckDbLibrary.Require();
        handle = DuckDbNative.Open(null, out var opened) == 0 ? new DatabaseHandle(opened) : throw new DuckDbException("No database could be opened.");
    }

    public DuckDbConnection Connect()
        => DuckDbNative.Connect(handle, out var connection) == 0
            ? new DuckDbConnection(new ConnectionHandle(connection))
            : throw new DuckDbException("No connection could be opened.");

    public void Dispose() => handle.Dispose();
}
