using System.Runtime.InteropServices;

namespace Aiops.Analysis.LogPatterns;

/// <summary>Which places are variables by the two words on either side, for messages in which several places vary.</summary>
/// <remarks>
/// Neighbours say less than a whole message does, so three words must be among them, and more different ones between; or names
/// beside masked variables.
/// </remarks>
internal sealed class LogNeighbourhoods
{
    public const int FewestWords = 8;

    private const int FewestNeighbours = 3;
    private const int Reach = 2;
    private const ulong Beyond = ulong.MaxValue; // Before the first and after the last word.

    private readonly Dictionary<ulong, Neighbourhood> neighbourhoods = [];
    private readonly HashSet<ulong> seen = []; // A neighbourhood with a word in it.
    private readonly List<(LogPlace Place, int Previous)> uses = [];

    /// <summary>Takes a place of a shape. What turns out to be variable by it is added to the queue.</summary>
    public void Add(LogPlace place, Queue<LogPlace> found)
    {
        if (KeyOf(place.Shape.Words, place.Number) is not { } key)
        {
            return;
        }

        ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(neighbourhoods, key, out _);
        if (place.Kind == LogWordKind.Variable)
        {
            own.HasVariable = true;
        }
        else
        {
            own.Words += seen.Add(key + LogWords.At(0, place.Word)) ? 1 : 0;
            own.HasIdentifier |= place.Kind == LogWordKind.Identifier;
            uses.Add((place, own.Uses));
            own.Uses = uses.Count;
        }

        own.IsVariable |= own.Words >= FewestWords || (own.HasVariable && own.HasIdentifier);
        for (; own.IsVariable && own.Uses > 0; own.Uses = uses[own.Uses - 1].Previous)
        {
            found.Enqueue(uses[own.Uses - 1].Place);
        }
    }

    /// <summary>Whether this place of this message is known to be a variable.</summary>
    public bool Varies(ReadOnlySpan<ulong> words, int place)
        => KeyOf(words, place) is { } key && neighbourhoods.TryGetValue(key, out var own) && own.IsVariable;

    private static ulong? KeyOf(ReadOnlySpan<ulong> words, int place)
    {
        var (key, count) = (0UL, 0);
        for (var offset = -Reach; offset <= Reach; offset++)
        {
            var number = place + offset;
            var word = (uint)number < (uint)words.Length ? words[number] : Beyond;
            key += offset == 0 ? 0 : LogWords.At(offset + Reach, word);
            count += offset == 0 || word is LogToken.Variable or Beyond ? 0 : 1;
        }

        return count >= FewestNeighbours ? key : null;
    }

    private struct Neighbourhood
    {
        public int Words;
        public int Uses; // The last of them, counted from 1; the others follow from it.
        public bool HasVariable;
        public bool HasIdentifier;
        public bool IsVariable;
    }
}
