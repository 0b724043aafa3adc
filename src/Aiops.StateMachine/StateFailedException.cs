namespace Aiops.StateMachine;

/// <summary>Unwinds the evaluation of one state to the interpreter, which retries, catches or fails; never leaves it.</summary>
internal sealed class StateFailedException(string? error, string? cause) : Exception(cause)
{
    public string? Error { get; } = error;
    public string? Cause { get; } = cause;

    public static StateFailedException Runtime(string cause) => new(ErrorNames.Runtime, cause);

    public static StateFailedException Intrinsic(string cause) => new(ErrorNames.IntrinsicFailure, cause);
}
