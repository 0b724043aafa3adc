using System.Collections.Concurrent;
using Aiops.Ask.DuckDb;

namespace Aiops.Ask.Data;

/// <summary>Connections to one database, one a statement, each statement for <see cref="AskLimits.Time"/> at most.</summary>
/// <param name="statements">All those of the process.</param>
internal sealed class ConnectionPool(AskLimits limits, RunningStatements statements, TimeProvider time) : IDisposable
{
    private readonly ConcurrentBag<DuckDbConnection> idle = [];
    private readonly SemaphoreSlim turns = new(limits.AtOnce);
    private volatile bool isClosed;

    private TimeSpan Longest => limits.Time + limits.Grace;

    /// <summary>As many as <see cref="AskLimits.AtOnce"/> are added before the first use.</summary>
    public void Add(DuckDbConnection connection) => idle.Add(connection);

    /// <summary>Works on a connection, alone there.</summary>
    /// <exception cref="DuckDbException">
    /// It failed, or was stopped (<see cref="DuckDbException.IsStopped"/>). What doesn't heed that is left behind and keeps its connection
    /// until it ends by itself; once as many are left as may work at once, nothing is begun (<see cref="DuckDbException.IsNotBegun"/>),
    /// nor after a wait of as long as a statement may take.
    /// </exception>
    public async Task<T> UseAsync<T>(Func<DuckDbConnection, T> work, CancellationToken cancellationToken)
    {
        await TakeTurnAsync(cancellationToken);
        var connection = Take();
        statements.Memory.Begin();
        var timeout = new CancellationTokenSource(limits.Time, time);
        var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var watch = new StatementWatch(connection, statements.Memory, limits.MostGrowth, time, either.Token);
        var working = Task.Run(() => work(connection), CancellationToken.None);
        await ((Task)working).WaitAsync(Longest, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        statements.Memory.End();
        if (!working.IsCompleted)
        {
            statements.Leave();
            _ = working.ContinueWith(
                _ =>
                {
                    statements.EndLeft(); // First: who gets the turn looks at that.
                    GiveBack();
                },
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
            throw DuckDbException.Interrupted();
        }

        GiveBack();
        try
        {
            return await working;
        }
        catch (DuckDbException e) when (e.IsInterrupted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw watch.IsTooLarge ? DuckDbException.OutOfMemory() : e;
        }

        void GiveBack()
        {
            watch.Dispose();
            either.Dispose();
            timeout.Dispose();
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

    private async Task TakeTurnAsync(CancellationToken cancellationToken)
    {
        RefuseWhereLeft();
        if (!turns.Wait(0, cancellationToken))
        {
            using var patience = new CancellationTokenSource(Longest, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                await turns.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw DuckDbException.NotBegun();
            }
        }

        try
        {
            RefuseWhereLeft();
        }
        catch (DuckDbException)
        {
            turns.Release();
            throw;
        }
    }

    private void RefuseWhereLeft()
    {
        if (statements.Left >= limits.AtOnce)
        {
            throw DuckDbException.NotBegun();
        }
    }

    private DuckDbConnection Take()
    {
        if (idle.TryTake(out var free))
        {
            return free;
        }

        turns.Release();
        ObjectDisposedException.ThrowIf(isClosed, this);
        throw new InvalidOperationException("There are as many connections as turns.");
    }
}
