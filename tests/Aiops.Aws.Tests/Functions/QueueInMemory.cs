using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Aws.Tests.Functions;

/// <summary>Keeps what was let in; hands nothing out.</summary>
internal sealed class QueueInMemory : ITriggerQueue
{
    public List<IncomingEvent> Taken { get; } = [];

    public Task<IReadOnlyList<string>> EnqueueAsync(IReadOnlyList<IncomingEvent> batch, CancellationToken cancellationToken)
    {
        Taken.AddRange(batch);
        return Task.FromResult<IReadOnlyList<string>>([$"m-{Taken.Count}"]);
    }

    public Task<IReadOnlyList<QueuedEvent>> ReceiveAsync(int max, TimeSpan visibilityTimeout, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeleteAsync(IReadOnlyCollection<string> receiptHandles, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> ChangeVisibilityAsync(string receiptHandle, TimeSpan fromNow, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeadLetterAsync(string receiptHandle, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<QueueStatus> StatusAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(DeadLetterFilter filter, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> RedriveAsync(DeadLetterFilter filter, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> PurgeDeadLettersAsync(DeadLetterFilter filter, CancellationToken cancellationToken) => throw new NotSupportedException();
}
