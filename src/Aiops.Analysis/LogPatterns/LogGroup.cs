namespace Aiops.Analysis.LogPatterns;

/// <summary>Lines of one template. Groups only ever merge, and the older one stays: see <see cref="Current"/>.</summary>
/// <remarks>
/// Inside, one shape: the words of lines that differ in masked variables only, or what several shapes have in common. Shapes
/// that belong together form a ring and point to the oldest of them.
/// </remarks>
public sealed class LogGroup
{
    private LogGroup parent;
    private LogGroup next;

    internal LogGroup(int index, ulong hash, ulong[] words, LogWordKind[] kinds, string? example)
    {
        (Index, Hash, Words, Kinds, Example) = (index, hash, words, kinds, example);
        (parent, next) = (this, this);
        WordCount = words.Count(word => word != LogToken.Variable);
    }

    /// <summary>The group that this one has become part of by now; itself when it still stands alone.</summary>
    public LogGroup Current
    {
        get
        {
            while (parent != parent.parent)
            {
                parent = parent.parent;
            }

            return parent;
        }
    }

    /// <summary>The message with its variables as <c>&lt;*&gt;</c>, as the group stands now.</summary>
    public string Template => LogTemplate.Of(this).Text;

    /// <summary>
    /// The first 12 hexadecimal digits of the SHA-256 of the template's words: the same on every run and machine, in whatever
    /// order the same lines came, and whatever punctuation was between.
    /// </summary>
    public string Id => LogPatternTally.IdOf(LogTemplate.Of(this).Words);

    internal int Index { get; }

    internal ulong Hash { get; }

    internal ulong[] Words { get; }

    internal LogWordKind[] Kinds { get; }

    internal int WordCount { get; }

    /// <summary>The first line of this very shape; null for what shapes have in common.</summary>
    internal string? Example { get; }

    /// <summary>All shapes of the group, this one first.</summary>
    internal IEnumerable<LogGroup> Shapes()
    {
        var shape = this;
        do
        {
            yield return shape;
            shape = shape.next;
        }
        while (shape != this);
    }

    /// <summary>Of a message's words: a sum over the places, so that one can be changed without the others.</summary>
    internal static ulong HashOf(ReadOnlySpan<ulong> words)
    {
        var hash = LogWords.At(LogTokens.MostTokens, (ulong)words.Length);
        for (var place = 0; place < words.Length; place++)
        {
            hash += LogWords.At(place, words[place]);
        }

        return hash;
    }

    internal static void Unite(LogGroup one, LogGroup other)
    {
        (one, other) = (one.Current, other.Current);
        if (one == other)
        {
            return;
        }

        var (older, younger) = one.Index < other.Index ? (one, other) : (other, one);
        younger.parent = older;
        (older.next, younger.next) = (younger.next, older.next);
    }
}
