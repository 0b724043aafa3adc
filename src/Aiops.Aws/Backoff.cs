using Aiops.Pipeline;

namespace Aiops.Aws;

/// <summary>Waits between the rounds of a batch: exponential, of random length, so that callers who were refused together part.</summary>
/// <param name="chance">In [0, 1), for any thread.</param>
internal sealed class Backoff(string service, TimeProvider time, Func<double> chance)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    /// <param name="round">From 0, which doesn't wait.</param>
    /// <exception cref="StoreUnavailableException">It is the round after the last one.</exception>
    public Task BeforeAsync(int round, int most, CancellationToken cancellationToken)
    {
        if (round == 0)
        {
            return Task.CompletedTask;
        }

        if (round >= most)
        {
            throw new StoreUnavailableException($"{service} left a part of a batch over {most} times.");
        }

        var longest = Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, round - 1));
        return Task.Delay(TimeSpan.FromMilliseconds(longest * (0.5 + (chance() / 2))), time, cancellationToken);
    }
}
