using System.Collections.Concurrent;

namespace Aiops.Local.Storage;

/// <summary>A few connections that only read, opened as they are needed. Readers never wait for the writer, nor it for them.</summary>
internal sealed class SqliteReaders(SqliteFile file) : IDisposable
{
    private readonly SemaphoreSlim slots = new(file.Options.MaxReaders);
    private readonly ConcurrentBag<SqliteSession> idle = [];
    private volatile bool closed;

    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(closed, typeof(SqliteDatabase));
            var session = idle.TryTake(out var waiting) ? waiting : file.OpenReader();
            try
            {
                return Snapshot(session, read);
            }
            finally
            {
                if (closed || session.InTransaction)
                    session.Dispose();
                else
                    idle.Add(session);
            }
        }
        catch (Exception e) when (e is not (OperationCanceledException or ObjectDisposedException))
        {
            var reason = file.Explain(e);
            if (ReferenceEquals(reason, e))
                throw;
            throw reason;
        }
        finally
        {
            slots.Release();
        }
    }

    public void Dispose()
    {
        closed = true;
        while (idle.TryTake(out var session))
            session.Dispose();
    }

    // One transaction, so that several statements of one read see one state.
    private static T Snapshot<T>(SqliteSession session, Func<SqliteSession, T> read)
    {
        session.Execute("BEGIN");
        try
        {
            return read(session);
        }
        finally
        {
            if (session.InTransaction)
                session.Execute("ROLLBACK");
        }
    }
}
