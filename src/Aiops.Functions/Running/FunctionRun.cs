using Aiops.Pipeline;
using Amazon.Lambda.Core;

namespace Aiops.Functions.Running;

/// <summary>
/// What every handler wants of an invocation: log lines that bear its ids, its figures as metrics, and an end shortly before
/// Lambda would stop it.
/// </summary>
public sealed class FunctionRun(FunctionMetrics metrics, TimeProvider time)
{
    /// <summary>What is kept back for saying that time ran out: writing the error and the last log lines takes tens of milliseconds.</summary>
    public static readonly TimeSpan Reserve = TimeSpan.FromMilliseconds(500);

    /// <exception cref="StageDeadlineException">The time was over first: the workflow or the queue tries again.</exception>
    public async Task<T> RunAsync<T>(ILambdaContext context, Func<CancellationToken, Task<T>> work)
    {
        CurrentInvocation.Begin(context);
        try
        {
            return await WithinTimeAsync(context, work);
        }
        finally
        {
            metrics.Write(context);
        }
    }

    private async Task<T> WithinTimeAsync<T>(ILambdaContext context, Func<CancellationToken, Task<T>> work)
    {
        var left = context.RemainingTime - Reserve;
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        try
        {
            return await work(deadline.Token);
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested)
        {
            throw new StageDeadlineException(
                $"{context.FunctionName} was not done in its time: it was stopped {Reserve.TotalMilliseconds:0} ms before Lambda would have.", e);
        }
    }
}
