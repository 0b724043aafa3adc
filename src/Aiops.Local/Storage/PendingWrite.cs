namespace Aiops.Local.Storage;

/// <summary>A write that waits for its turn, and its caller for the commit.</summary>
internal abstract class PendingWrite
{
    public abstract bool CancelIfAsked();

    public abstract void Run(SqliteSession session);

    public abstract void Succeed();

    public abstract void Fail(Exception reason);
}

internal sealed class PendingWrite<T>(Func<SqliteSession, T> write, CancellationToken cancellationToken) : PendingWrite
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Task => completion.Task;

    public override bool CancelIfAsked()
        => cancellationToken.IsCancellationRequested && completion.TrySetCanceled(cancellationToken);

    public override void Run(SqliteSession session) => result = write(session);

    public override void Succeed() => completion.TrySetResult(result!);

    public override void Fail(Exception reason) => completion.TrySetException(reason);
}
