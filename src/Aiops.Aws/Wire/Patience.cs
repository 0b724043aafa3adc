using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.Wire;

/// <summary>How long an adapter asks on before it tells what it has: shorter than its stage's time-out.</summary>
internal sealed class Patience : IDisposable
{
    private readonly CancellationTokenSource late;
    private readonly CancellationTokenSource either;
    private readonly CancellationToken caller;

    public Patience(TimeSpan length, TimeProvider time, CancellationToken caller)
    {
        this.caller = caller;
        late = new CancellationTokenSource(length, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, caller);
    }

    public CancellationToken Token => either.Token;

    public bool IsOver => late.IsCancellationRequested;

    /// <summary>False when patience ended before the work did; the caller's own cancellation passes through.</summary>
    public async Task<bool> TryAsync(Func<CancellationToken, Task> work)
    {
        if (IsOver)
        {
            return false;
        }

        try
        {
            await work(Token);
            return true;
        }
        catch (Exception error) when (IsOver && !caller.IsCancellationRequested
            && error is OperationCanceledException or SourceUnavailableException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        either.Dispose();
        late.Dispose();
    }
}
