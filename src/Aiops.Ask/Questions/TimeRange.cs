namespace Aiops.Ask.Questions;

/// <summary>A stretch of time, half-open, by the data's clock.</summary>
public readonly record struct TimeRange(DateTime From, DateTime To)
{
    public override string ToString() => $"{From:yyyy-MM-dd HH:mm} to {To:yyyy-MM-dd HH:mm}";
}

/// <summary>The time that a question speaks of.</summary>
/// <param name="Range">Null where it says none.</param>
/// <param name="Earlier">What it is compared with; the stretch of the same length before it where the question doesn't say.</param>
/// <param name="Rest">The question without the words for it.</param>
/// <param name="IsComparison">Whether it names two stretches, one against the other.</param>
public sealed record SpokenTime(TimeRange? Range, TimeRange? Earlier, string Rest, bool IsComparison = false);
