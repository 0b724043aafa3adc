namespace Aiops.Ask.DuckDb;

/// <summary>DuckDB refused or couldn't finish what it was asked; the message is its own.</summary>
public sealed class DuckDbException(string message) : Exception(message)
{
    /// <summary>It was told to stop.</summary>
    public bool IsInterrupted => Message.StartsWith("INTERRUPT", StringComparison.Ordinal);

    public bool IsOutOfMemory => Message.StartsWith("Out of Memory", StringComparison.Ordinal);
}
