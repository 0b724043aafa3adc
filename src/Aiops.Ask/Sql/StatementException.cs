namespace Aiops.Ask.Sql;

/// <summary>A statement isn't run, or came to nothing; the message says why, for people and for the model that wrote it, and holds no data.</summary>
public sealed class StatementException(string message) : Exception(message)
{
    /// <summary>Nothing is known to be wrong with it: earlier ones haven't ended.</summary>
    internal bool IsNotBegun { get; init; }
}
