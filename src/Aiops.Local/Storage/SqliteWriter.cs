using Microsoft.Data.Sqlite;

namespace Aiops.Local.Storage;

/// <summary>
/// Runs writes one after another on one connection. Writes that wait together share a transaction (group commit): under
/// load the disk is waited for once a group, and each caller still hears only after its own write is on the disk.
/// </summary>
internal sealed class SqliteWriter(SqliteSession session, SqliteFile file)
{
    private readonly Lock gate = new();
    private readonly Queue<PendingWrite> pending = new();
    private bool draining;
    private bool closed;
    private TaskCompletionSource? idle;

    public Task<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellationToken)
    {
        var item = new PendingWrite<T>(write, cancellationToken);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, typeof(SqliteDatabase));
            pending.Enqueue(item);
            if (draining)
                return item.Task;
            draining = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static writer => _ = writer.DrainAsync(), this, preferLocal: false);
        return item.Task;
    }

    /// <summary>Takes no more writes, finishes those that wait, and closes the connection.</summary>
    public async Task CloseAsync()
    {
        Task finished;
        lock (gate)
        {
            if (closed)
                return;
            closed = true;
            finished = draining ? (idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
        }

        await finished;
        session.Dispose();
    }

    private async Task DrainAsync()
    {
        var group = new List<PendingWrite>();
        while (true)
        {
            group.Clear();
            lock (gate)
            {
                while (group.Count < file.Options.MaxWritesPerCommit && pending.TryDequeue(out var write))
                    group.Add(write);
                if (group.Count == 0)
                {
                    draining = false;
                    idle?.SetResult();
                    return;
                }
            }

            group.RemoveAll(write => write.CancelIfAsked());
            if (group.Count > 0 && await BeginAsync(group))
                Commit(group);
        }
    }

    // SQLite's own wait for another process sleeps in whole seconds in this build.
    private async Task<bool> BeginAsync(List<PendingWrite> group)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                session.BeginWrite();
                return true;
            }
            catch (SqliteException e) when (e.SqliteErrorCode == SqliteFile.Busy && clock.GetElapsedTime(started) < file.Options.BusyTimeout)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(attempt, 10)), clock, CancellationToken.None);
            }
            catch (Exception e)
            {
                Fail(group, e);
                return false;
            }
        }
    }

    private void Commit(List<PendingWrite> group)
    {
        try
        {
            if (group.Count == 1)
                group[0].Run(session);
            else
                group.ForEach(RunApart);
            session.Execute("COMMIT");
        }
        catch (Exception e) // The transaction is gone, and with it every write of the group.
        {
            RollBack();
            Fail(group, e);
            return;
        }

        group.ForEach(write => write.Succeed());
    }

    // A write that throws takes back its own rows, not its neighbours'.
    private void RunApart(PendingWrite write)
    {
        session.Execute("SAVEPOINT apart");
        try
        {
            write.Run(session);
        }
        catch (Exception e) when (session.InTransaction) // Otherwise SQLite has rolled all of it back: disk full, I/O error.
        {
            session.Execute("ROLLBACK TO apart");
            write.Fail(file.Explain(e));
        }

        session.Execute("RELEASE apart");
    }

    private void Fail(List<PendingWrite> group, Exception exception)
    {
        var reason = file.Explain(exception);
        group.ForEach(write => write.Fail(reason));
    }

    private void RollBack()
    {
        try
        {
            if (session.InTransaction)
                session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // The reason that led here is the one to tell.
        }
    }
}
