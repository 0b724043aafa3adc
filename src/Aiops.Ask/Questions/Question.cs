namespace Aiops.Ask.Questions;

/// <summary>What somebody asks.</summary>
public sealed record Question(string Text)
{
    /// <summary>The turns before it, the oldest first; those that a follow-up rests on.</summary>
    public IReadOnlyList<Turn> Before { get; init; } = [];

    /// <summary>What "now" and "today" mean, by the data's clock; null for the last moment of the data.</summary>
    public DateTime? Now { get; init; }
}

/// <summary>A question that was answered, as a conversation remembers it: never with rows of the answer.</summary>
/// <param name="Pair">The trusted pair that answered it; null where a model did.</param>
/// <param name="Service">The service that it spoke of; null for none.</param>
public sealed record Turn(string Question, string Sql, string Title, string? Pair = null, string? Service = null);
