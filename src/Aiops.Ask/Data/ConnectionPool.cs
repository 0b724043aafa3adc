using System.Collections.Concurrent;
using Aiops.Ask.DuckDb;

namespace Aiops.Ask.Data;

/// <summary>Connections to one database, one a statement, each statement for <see cref="AskLimits.Time"/> at most.</summary>
internal sealed class ConnectionPool(AskLimits limits, TimeProvider time) : IDisposable
{
    private readonly ConcurrentBag<DuckDbConnection> idle = [];
    private readonly SemaphoreSlim turns = new(limits.AtOnce);
    private readonly GrownMemory memory = new();
    private int held;
    private volatile bool isClosed;

    /// <summary>As many as <see cref="AskLimits.AtOnce"/> are added before the first use.</summary>
    public void Add(DuckDbConnection connection) => idle.Add(connection);

    /// <summary>Works on a connection, alone there.</summary>
    /// <exception cref="DuckDbException">
    /// It failed, or was stopped (<see cref="DuckDbException.IsStopped"/>). What doesn't heed that is left behind and keeps its connection
    /// until it ends by itself; once all are kept like that, nothing is begun.
    /// </exception>
    public async Task<T> UseAsync<T>(Func<DuckDbConnection, T> work, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref held) >= limits.AtOnce)
        {
            throw DuckDbException.Interrupted();
        }

        await turns.WaitAsync(cancellationToken);
        var connection = idle.TryTake(out var free) ? free : throw new InvalidOperationException("There are as many connections as turns.");
        memory.Begin();
        var timeout = new CancellationTokenSource(limits.Time, time);
        var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var watch = new StatementWatch(connection, memory, limits.MostGrowth, time, either.Token);
        var working = Task.Run(() => work(connection), CancellationToken.None);
        var isLeft = false;
        try
        {
            return await working.WaitAsync(limits.Time + limits.Grace, time, CancellationToken.None);
        }
        catch (TimeoutException) when (!working.IsCompleted)
        {
            isLeft = true;
            Interlocked.Increment(ref held);
            cancellationToken.ThrowIfCancellationRequested();
            throw DuckDbException.Interrupted();
        }
        catch (DuckDbException e) when (e.IsInterrupted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw watch.IsTooLarge ? DuckDbException.OutOfMemory() : e;
        }
        finally
        {
            if (isLeft)
            {
                _ = working.ContinueWith(
                    _ =>
                    {
                        Interlocked.Decrement(ref held);
                        GiveBack();
                    },
                    CancellationToken.None,
                    TaskContinuationOptions.None,
                    TaskScheduler.Default);
            }
            else
            {
                GiveBack();
            }
        }

        void GiveBack()
        {
            watch.Dispose();
            either.Dispose();
            timeout.Dispose();
            memory.End();
            if (isClosed)
            {
                connection.Dispose();
                return;
            }

            idle.Add(connection);
            turns.Release();
        }
    }

    public void Dispose()
    {
        isClosed = true; // The turns are left as they are: somebody may hold one yet.
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
