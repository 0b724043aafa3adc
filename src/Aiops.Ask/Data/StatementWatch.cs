using Aiops.Ask.DuckDb;

namespace Aiops.Ask.Data;

/// <summary>
/// Stops what runs on a connection once its token is cancelled, or once the process has grown by more than it may: DuckDB's own limit
/// counts what it buffers, and not what aggregates and windows keep beside that.
/// </summary>
internal sealed class StatementWatch : IDisposable
{
    // A statement fills some 50 MB meanwhile.
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(20);

    private readonly DuckDbConnection connection;
    private readonly GrownMemory memory;
    private readonly long most;
    private readonly CancellationToken token;
    private readonly Lock gate = new();
    private readonly ITimer timer;
    private bool isOver;

    public StatementWatch(DuckDbConnection connection, GrownMemory memory, long most, TimeProvider time, CancellationToken token)
    {
        (this.connection, this.memory, this.most, this.token) = (connection, memory, most, token);
        timer = time.CreateTimer(_ => Look(), null, Every, Every);
    }

    /// <summary>It was stopped for the memory that it took.</summary>
    public bool IsTooLarge { get; private set; }

    public void Dispose()
    {
        lock (gate)
        {
            isOver = true; // What runs there next is none of ours.
        }

        timer.Dispose();
    }

    // Again and again, for an interrupt between two statements is lost.
    private void Look()
    {
        lock (gate)
        {
            IsTooLarge |= !isOver && memory.Bytes > most;
            if (!isOver && (IsTooLarge || token.IsCancellationRequested))
            {
                connection.Interrupt();
            }
        }
    }
}
