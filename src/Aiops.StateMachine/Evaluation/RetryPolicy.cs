using Aiops.StateMachine.Definition;

namespace Aiops.StateMachine.Evaluation;

/// <summary>Which errors a Retry or Catch matches, and how long a retry waits.</summary>
internal static class RetryPolicy
{
    /// <remarks>
    /// States.Runtime always fails the execution; States.DataLimitExceeded is out of reach of the wildcards (Step Functions guide,
    /// "Handling errors"). A heartbeat missed is a timeout too (specification, Appendix A).
    /// </remarks>
    /// <param name="fromBranch">Whether the error comes out of a branch, which States.BranchFailed names as well.</param>
    public static bool Matches(IReadOnlyList<string> errorEquals, string? error, bool fromBranch)
        => error != ErrorNames.Runtime && errorEquals.Any(wanted => wanted == error || wanted switch
        {
            ErrorNames.All => error != ErrorNames.DataLimitExceeded,
            ErrorNames.TaskFailed => error is not (ErrorNames.DataLimitExceeded or ErrorNames.Timeout),
            ErrorNames.Timeout => error == ErrorNames.HeartbeatTimeout,
            ErrorNames.BranchFailed => fromBranch && error != ErrorNames.DataLimitExceeded,
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
