using System.Runtime.InteropServices;

namespace Aiops.Analysis.LogPatterns;

/// <summary>Mines log templates online: lines that are alike but for one word show where a variable is.</summary>
/// <remarks>
/// A line is reduced to a shape: its words, with what varies by its looks masked (<see cref="LogTokens"/>). Where enough
/// different words were seen at a place while all else was equal, or nearly all, the place is a variable
/// (<see cref="LogVariables"/>), and the shapes that differ there become one, which bears evidence in its turn. Shapes with the
/// same words in the same order are one, too, however many variables stand between them. Evidence only grows and groups only
/// join, so the same lines end in the same groups in any order, short of the bound below and of messages in which more than
/// three places vary.
/// <para>
/// Our own method. Akin are [Jiang2008], which masks and then joins what differs in one place; [Makanju2009], which decides by
/// the number of different words at a place; and [Yu2023], which asks how often words come, of all lines at once.
/// </para>
/// <para>
/// Memory is bounded: beyond <c>mostShapes</c>, lines of a new shape still join the groups whose variables explain them, and
/// all others share one group that says only <c>&lt;*&gt;</c>. Lines of a known shape cost no allocation. Not thread-safe.
/// </para>
/// [Jiang2008] Z. M. Jiang, A. E. Hassan, P. Flora, G. Hamann: Abstracting Execution Logs to Execution Events for Enterprise
/// Applications, QSIC 2008 (AEL).
/// [Makanju2009] A. Makanju, A. N. Zincir-Heywood, E. E. Milios: Clustering Event Logs Using Iterative Partitioning, KDD 2009.
/// [Yu2023] S. Yu, P. He, N. Chen, Y. Wu: Brain: Log Parsing with Bidirectional Parallel Tree, IEEE TSC 16 (2023).
/// </remarks>
public sealed class LogTemplateMiner(int mostShapes = 10_000)
{
    // Variables of a shape that are put in one by one, each bearing evidence alone: the shapes are 2 to their number.
    private const int MostAlone = 3;

    private readonly LogTokens tokens = new();
    private readonly LogVariables variables = new();
    private readonly Dictionary<ulong, LogGroup> shapes = [];
    private readonly Dictionary<ulong, LogGroup> byWords = [];
    private readonly List<LogGroup> all = [];
    private readonly LogGroup overflow = new(int.MaxValue, 0, [], [], null);
    private readonly ulong[] scratch = new ulong[LogTokens.MostTokens];
    private bool overflowed;
    private int joined;

    /// <summary>Every group as it stands now, the first seen first; the one for what found no room comes last, if used.</summary>
    public IReadOnlyList<LogGroup> Groups
        => [.. all.Where(group => group.Current == group), .. overflowed ? [overflow] : Array.Empty<LogGroup>()];

    /// <summary>The group that the line belongs to so far. It may merge later: <see cref="LogGroup.Current"/>.</summary>
    public LogGroup Add(ReadOnlySpan<char> message)
    {
        var line = LogTokens.FirstLine(message);
        var read = tokens.Read(line);
        var words = scratch.AsSpan(0, read.Length);
        for (var place = 0; place < read.Length; place++)
        {
            words[place] = read[place].Word;
        }

        var hash = LogGroup.HashOf(words);
        return shapes.TryGetValue(hash, out var shape) ? shape.Current : AddUnseen(line, read, words, hash);
    }

    private LogGroup AddUnseen(ReadOnlySpan<char> line, ReadOnlySpan<LogToken> read, Span<ulong> words, ulong hash)
    {
        if (all.Count >= mostShapes)
        {
            return Explained(words, hash);
        }

        var kinds = new LogWordKind[words.Length];
        for (var place = 0; place < kinds.Length; place++)
        {
            kinds[place] = read[place].Kind;
        }

        var shape = NewShape(hash, words.ToArray(), kinds, line.ToString());
        while (joined < all.Count)
        {
            Join(all[joined++]);
        }

        return shape.Current;
    }

    /// <summary>The group that a line of a new shape belongs to by known variables alone.</summary>
    private LogGroup Explained(Span<ulong> words, ulong hash)
    {
        if (shapes.TryGetValue(Generalise(words, hash), out var shape) || byWords.TryGetValue(WordsOf(words), out shape))
        {
            return shape.Current;
        }

        overflowed = true;
        return overflow;
    }

    /// <summary>Puts variables where they are known to be.</summary>
    /// <returns>The hash of what it made of the words.</returns>
    private ulong Generalise(Span<ulong> words, ulong hash)
    {
        var original = hash;
        Span<ulong> given = stackalloc ulong[words.Length];
        words.CopyTo(given);
        for (var place = 0; place < words.Length; place++)
        {
            if (words[place] != LogToken.Variable
                && (variables.Varies(given, original, place) || variables.Varies(words, hash, place)))
            {
                hash += LogWords.At(place, LogToken.Variable) - LogWords.At(place, words[place]);
                words[place] = LogToken.Variable;
            }
        }

        return hash;
    }

    private LogGroup NewShape(ulong hash, ulong[] words, LogWordKind[] kinds, string? example)
    {
        var shape = new LogGroup(all.Count, hash, words, kinds, example);
        all.Add(shape);
        shapes.Add(hash, shape);
        return shape;
    }

    private void Join(LogGroup shape)
    {
        if (shape.WordCount > 0)
        {
            ref var same = ref CollectionsMarshal.GetValueRefOrAddDefault(byWords, WordsOf(shape.Words), out _);
            LogGroup.Unite(shape, same ??= shape);
        }

        variables.Add(shape);
        while (variables.TryTake(out var place))
        {
            JoinWhatVaries(place);
        }
    }

    private void JoinWhatVaries(LogPlace place)
    {
        ulong[] words = [.. place.Shape.Words];
        var hash = Generalise(words, place.Shape.Hash);
        if (words.Count(word => word == LogToken.Variable) - (words.Length - place.Shape.WordCount) <= MostAlone)
        {
            words = [.. place.Shape.Words];
            words[place.Number] = LogToken.Variable;
            hash = LogGroup.HashOf(words);
        }

        if (!shapes.TryGetValue(hash, out var common))
        {
            if (all.Count >= 2 * mostShapes)
            {
                return;
            }

            var kinds = place.Shape.Kinds.Select((kind, i) => words[i] == LogToken.Variable ? LogWordKind.Variable : kind);
            common = NewShape(hash, words, [.. kinds], example: null);
        }

        LogGroup.Unite(place.Shape, common);
    }

    private static ulong WordsOf(ReadOnlySpan<ulong> words)
    {
        var (hash, count) = (0UL, 0);
        foreach (var word in words)
        {
            hash += word == LogToken.Variable ? 0 : LogWords.At(count++, word);
        }

        return hash;
    }
}
