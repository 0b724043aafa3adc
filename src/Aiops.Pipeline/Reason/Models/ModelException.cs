namespace Aiops.Pipeline.Reason.Models;

/// <summary>How a call to a model came to nothing.</summary>
public enum ModelFailure
{
    /// <summary>Too many requests now; the model may say when to come again.</summary>
    Throttled,

    /// <summary>Nobody answered, or the service says that it is out of order.</summary>
    Unavailable,

    /// <summary>It took longer than it was given.</summary>
    TimedOut,

    /// <summary>No credentials, no right, or no such model: a person must mend the settings.</summary>
    Refused,

    /// <summary>An answer that isn't one: not the protocol's JSON, empty, or larger than is read.</summary>
    Malformed,

    /// <summary>A cap on money, tokens, calls or time was reached; nothing was sent.</summary>
    Capped,
}

/// <summary>
/// A call to a model came to nothing. All that a client of ours throws besides <see cref="OperationCanceledException"/>; the
/// message is for people and holds no secret and nothing of the prompt.
/// </summary>
/// <param name="retryAfter">When the model said that it may be asked again; null where it didn't.</param>
/// <param name="charged">Whether it may have been charged for nevertheless: what was reserved for it is then kept.</param>
public sealed class ModelException(ModelFailure failure, string message, TimeSpan? retryAfter = null, bool charged = false, Exception? inner = null)
    : Exception(message, inner)
{
    public ModelFailure Failure { get; } = failure;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    public bool Charged { get; } = charged;

    /// <summary>What the budget was charged with for it, as <see cref="MeteredModel"/> knows; nothing where it wasn't sent.</summary>
    public ModelSpend Spent { get; internal set; }
}
