using System.Runtime.InteropServices;

namespace Aiops.Analysis.LogPatterns;

/// <summary>What two words are followed by, in whatever message: "for user alice".</summary>
/// <remarks>
/// Different messages that draw on one set of words after the same two have a variable there: each context hears of words
/// that another one shares. And a word that turned out to be a variable's value is one wherever it follows those two words.
/// </remarks>
internal sealed class LogPhrases
{
    private readonly Dictionary<ulong, Phrase> phrases = [];
    private readonly List<(LogPlace Place, int Previous)> uses = [];

    /// <summary>Takes a place of a shape; it is added to the queue at once if its word is known to be a value there.</summary>
    public void Add(LogPlace place, Queue<LogPlace> found)
    {
        if (KeyOf(place.Shape.Words, place.Number) is not { } key)
        {
            return;
        }

        ref var phrase = ref CollectionsMarshal.GetValueRefOrAddDefault(phrases, key, out _);
        if (phrase.IsVariable)
        {
            found.Enqueue(place);
            return;
        }

        uses.Add((place, phrase.Uses));
        phrase.Uses = uses.Count;
    }

    /// <summary>The place is a variable: so are all with its word after the same two.</summary>
    public void Learn(LogPlace place, Queue<LogPlace> found)
    {
        if (KeyOf(place.Shape.Words, place.Number) is not { } key)
        {
            return;
        }

        ref var phrase = ref CollectionsMarshal.GetValueRefOrAddDefault(phrases, key, out _);
        for (var use = phrase.IsVariable ? 0 : phrase.Uses; use > 0; use = uses[use - 1].Previous)
        {
            found.Enqueue(uses[use - 1].Place);
        }

        phrase.IsVariable = true;
    }

    /// <summary>Says that a context holds the place's word. Each that shares it with another is told once.</summary>
    public void Share(LogPlace place, ISharing context)
    {
        if (KeyOf(place.Shape.Words, place.Number) is not { } key)
        {
            return;
        }

        ref var phrase = ref CollectionsMarshal.GetValueRefOrAddDefault(phrases, key, out _);
        if (phrase.First is null)
        {
            phrase.First = context;
            return;
        }

        context.OnShared();
        if (!phrase.IsShared)
        {
            phrase.IsShared = true;
            phrase.First.OnShared();
        }
    }

    /// <summary>Whether the word at this place of this message is known to be a value there.</summary>
    public bool Varies(ReadOnlySpan<ulong> words, int place)
        => KeyOf(words, place) is { } key && phrases.TryGetValue(key, out var phrase) && phrase.IsVariable;

    private static ulong? KeyOf(ReadOnlySpan<ulong> words, int place)
        => place >= 2 && !words.Slice(place - 2, 3).Contains(LogToken.Variable)
            ? LogWords.At(0, words[place - 2]) + LogWords.At(1, words[place - 1]) + LogWords.At(2, words[place])
            : null;

    /// <summary>Whoever asks to hear that others hold a word of its own.</summary>
    internal interface ISharing
    {
        void OnShared();
    }

    private struct Phrase
    {
        public int Uses;         // The last of them, counted from 1; the others follow from it.
        public ISharing? First;  // To hold the word in a context.
        public bool IsShared;    // By a second context.
        public bool IsVariable;
    }
}
