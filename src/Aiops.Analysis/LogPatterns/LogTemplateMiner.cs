using System.Runtime.InteropServices;

namespace Aiops.Analysis.LogPatterns;

/// <summary>Mines log templates online, a line at a time: lines that are alike but for one word show where a variable is.</summary>
/// <remarks>
/// A line is reduced to a shape: its words, with what varies by its looks masked (<see cref="LogTokens"/>). Every shape leaves,
/// for each of its places, the context that the other places form; a context that was seen with enough different words
/// (<see cref="LogContexts"/>) shows that its place is a variable, and the shapes in it become one, which leaves contexts in
/// its turn. Shapes with the same words in the same order are one, too, however many variables stand between them. All of
/// these only ever join, so the groups at the end are the same for the same lines in any order.
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
    private readonly LogTokens tokens = new();
    private readonly LogContexts contexts = new();
    private readonly Dictionary<ulong, LogGroup> shapes = [];
    private readonly Dictionary<ulong, LogGroup> byWords = [];
    private readonly List<LogGroup> all = [];
    private readonly LogGroup overflow = new(int.MaxValue, 0, [], [], null);
    private readonly Queue<(LogGroup Shape, int Place)> variables = [];
    private bool overflowed;
    private int joined;

    /// <summary>Every group as it stands now, the first seen first; the one for what found no room comes last, if used.</summary>
    public IReadOnlyList<LogGroup> Groups
        => [.. all.Where(group => group.Current == group), .. overflowed ? [overflow] : Array.Empty<LogGroup>()];

    /// <summary>The group that the line belongs to by what was seen so far. It may merge later: <see cref="LogGroup.Current"/>.</summary>
    public LogGroup Add(ReadOnlySpan<char> message)
    {
        var line = LogTokens.FirstLine(message);
        var read = tokens.Read(line);
        var hash = HashOf(read);
        return shapes.TryGetValue(hash, out var shape) ? shape.Current : AddUnseen(line, read, hash);
    }

    private LogGroup AddUnseen(ReadOnlySpan<char> line, ReadOnlySpan<LogToken> read, ulong hash)
    {
        if (all.Count >= mostShapes)
        {
            return Explained(read, hash) ?? Overflow();
        }

        var words = new ulong[read.Length];
        var kinds = new LogWordKind[read.Length];
        for (var i = 0; i < read.Length; i++)
        {
            (words[i], kinds[i]) = (read[i].Word, read[i].Kind);
        }

        var shape = NewShape(hash, words, kinds, line.ToString());
        while (joined < all.Count)
        {
            Join(all[joined++]);
        }

        return shape.Current;
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
            ref var same = ref CollectionsMarshal.GetValueRefOrAddDefault(byWords, WordsOf(shape), out _);
            LogGroup.Unite(shape, same ??= shape);
        }

        contexts.Add(shape, variables);
        while (variables.TryDequeue(out var found))
        {
            JoinWhatVaries(found.Shape, found.Place);
        }
    }

    private void JoinWhatVaries(LogGroup shape, int place)
    {
        var hash = Generalised(shape.Hash, place, shape.Words[place]);
        if (!shapes.TryGetValue(hash, out var common))
        {
            if (all.Count >= 2 * mostShapes)
            {
                return;
            }

            ulong[] words = [.. shape.Words];
            LogWordKind[] kinds = [.. shape.Kinds];
            (words[place], kinds[place]) = (LogToken.Variable, LogWordKind.Variable);
            common = NewShape(hash, words, kinds, example: null);
        }

        LogGroup.Unite(shape, common);
    }

    private LogGroup? Explained(ReadOnlySpan<LogToken> read, ulong hash)
    {
        for (var place = 0; place < read.Length; place++)
        {
            if (contexts.Varies(hash, place, read[place].Word)
                && shapes.TryGetValue(Generalised(hash, place, read[place].Word), out var common))
            {
                return common.Current;
            }
        }

        return null;
    }

    private LogGroup Overflow()
    {
        overflowed = true;
        return overflow;
    }

    private static ulong Generalised(ulong hash, int place, ulong word)
        => hash - LogWords.At(place, word) + LogWords.At(place, LogToken.Variable);

    /// <summary>A sum over the places, so that a place can be taken out or changed without the others.</summary>
    private static ulong HashOf(ReadOnlySpan<LogToken> read)
    {
        var hash = LogWords.At(LogTokens.MostTokens, (ulong)read.Length);
        for (var place = 0; place < read.Length; place++)
        {
            hash += LogWords.At(place, read[place].Word);
        }

        return hash;
    }

    private static ulong WordsOf(LogGroup shape)
    {
        var (hash, place) = (0UL, 0);
        foreach (var word in shape.Words)
        {
            hash += word == LogToken.Variable ? 0 : LogWords.At(place++, word);
        }

        return hash;
    }
}
