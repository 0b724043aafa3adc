namespace Aiops.Aws.Wire;

/// <summary>A call that stayed without a usable answer, when its attempts were used up.</summary>
public sealed class WireException(WireFailure failure, string code, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public WireFailure Failure { get; } = failure;

    /// <summary>The service's own, without its namespace (<c>ThrottlingException</c>); empty when nothing answered.</summary>
    public string Code { get; } = code;

    /// <summary>When the service said that it may be asked again; null where it didn't.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>What a failed call means to the caller.</summary>
public enum WireFailure
{
    /// <summary>Too many calls: later, and fewer.</summary>
    Throttled,

    /// <summary>The service failed, didn't answer in time or answered in part: it may later.</summary>
    Unavailable,

    /// <summary>We aren't allowed to ask, or aren't who we say.</summary>
    Denied,

    /// <summary>What was asked about isn't there.</summary>
    Missing,

    /// <summary>The question is wrong: asking again gives the same answer.</summary>
    Invalid,
}
