namespace Aiops.Ask.DuckDb;

/// <summary>DuckDB refused or couldn't finish what it was asked; the message is its own.</summary>
public sealed class DuckDbException(string message) : Exception(message)
{
    /// <summary>It was told to stop.</summary>
    public bool IsInterrupted => Message.StartsWith("INTERRUPT", StringComparison.Ordinal);

    public bool IsOutOfMemory => Message.StartsWith("Out of Memory", StringComparison.Ordinal);

    /// <summary>Nothing is wrong with the statement but what it takes.</summary>
    public bool IsStopped => IsInterrupted || IsOutOfMemory || IsNotBegun;

    /// <summary>It was never looked at, for others hold what it needs.</summary>
    public bool IsNotBegun { get; private init; }

    /// <summary>As DuckDB says it.</summary>
    public static DuckDbException Interrupted() => new("INTERRUPT Error: Interrupted!");

    public static DuckDbException NotBegun() => new("No statement can be begun: earlier ones haven't ended.") { IsNotBegun = true };

    /// <summary>As DuckDB begins it.</summary>
    public static DuckDbException OutOfMemory() => new("Out of Memory Error: it was stopped for what it took.");
}
