namespace Aiops.Analysis.LogPatterns;

/// <summary>
/// Collects the evidence on which places of which shapes are variables: whole messages (<see cref="LogContexts"/>), the words
/// on either side (<see cref="LogNeighbourhoods"/>), and what came after the same words elsewhere (<see cref="LogPhrases"/>).
/// Evidence only ever grows, so the order in which shapes come doesn't matter in the end.
/// </summary>
internal sealed class LogVariables
{
    private readonly Queue<LogPlace> found = [];
    private readonly LogPhrases phrases = new();
    private readonly LogContexts contexts;
    private readonly LogNeighbourhoods neighbourhoods = new();

    public LogVariables() => contexts = new LogContexts(phrases);

    /// <summary>Takes a shape with all its places.</summary>
    public void Add(LogGroup shape)
    {
        for (var number = 0; number < shape.Words.Length; number++)
        {
            var place = new LogPlace(shape, number);
            phrases.Add(place, found);
            neighbourhoods.Add(place, found);
            contexts.Add(place, found);
        }
    }

    /// <summary>The next place, of any shape so far, that is known to be a variable by now.</summary>
    public bool TryTake(out LogPlace place)
    {
        if (!found.TryDequeue(out place))
        {
            return false;
        }

        phrases.Learn(place, found);
        return true;
    }

    /// <summary>Whether a place of any message, added or not, is a variable by what is known.</summary>
    /// <param name="hash">Of all the words: <see cref="LogGroup.HashOf"/>.</param>
    public bool Varies(ReadOnlySpan<ulong> words, ulong hash, int place)
        => contexts.Varies(words, hash, place) || neighbourhoods.Varies(words, place) || phrases.Varies(words, place);
}

/// <summary>One place of a shape.</summary>
internal readonly record struct LogPlace(LogGroup Shape, int Number)
{
    public ulong Word => Shape.Words[Number];

    public LogWordKind Kind => Shape.Kinds[Number];
}
