namespace Aiops.Cli;

/// <summary>A user's mistake or a surprise of their machine: shown as one sentence with the remedy, never as a stack trace.</summary>
internal sealed class UserErrorException(int exitCode, string message, string remedy) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public string Remedy { get; } = remedy;
}
