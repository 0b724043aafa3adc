using Aiops.StateMachine.Definition;

namespace Aiops.StateMachine.Evaluation;

/// <summary>Which errors a Retry or Catch matches, and how long a retry waits.</summary>
internal static class RetryPolicy
{
    /// <remarks>
    /// States.Runtime always fails the execution; States.DataLimitExceeded is out of reach of the wildcards, and
    /// States.TaskFailed leaves timeouts alone (Step Functions guide, "Handling errors").
    /// </remarks>
    public static bool Matches(IReadOnlyList<string> errorEquals, Failure failure)
        => failure.Error != ErrorNames.Runtime
            && errorEquals.Any(wanted => wanted == failure.Error || wanted == failure.Alias || wanted switch
            {
                ErrorNames.All => failure.Error != ErrorNames.DataLimitExceeded,
                ErrorNames.TaskFailed => failure.Error is not (ErrorNames.DataLimitExceeded or ErrorNames.Timeout),
                _ => false,
            });

    /// <param name="used">How often this retrier was used before.</param>
    public static TimeSpan Delay(Retrier retrier, int used, Random jitter)
    {
        var seconds = retrier.IntervalSeconds * Math.Pow(retrier.BackoffRate, used);
        seconds = Math.Min(seconds, retrier.MaxDelaySeconds ?? MaxSeconds);
        return TimeSpan.FromSeconds(retrier.FullJitter ? jitter.NextDouble() * seconds : seconds);
    }

    private const double MaxSeconds = 99_999_999; // No state can wait longer than the service's bound on seconds.
}
