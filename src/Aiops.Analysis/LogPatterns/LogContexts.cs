using System.Runtime.InteropServices;

namespace Aiops.Analysis.LogPatterns;

/// <summary>Which places are variables by the different words seen there while all the rest of the message was equal.</summary>
/// <remarks>
/// Words alone show a variable from <see cref="FewestWords"/> different ones on, and from twice as many where only two other
/// words hold the message together: "irqbalance startup succeeded", "portmap startup succeeded" are sentences of their own. A
/// word that another context shares counts twice (<see cref="LogPhrases"/>). Where masked variables stand beside the words,
/// two words are enough, and one if it looks like a name: hosts come as addresses and as names.
/// </remarks>
internal sealed class LogContexts(LogPhrases phrases)
{
    public const int FewestWords = 5;

    private const int FewestOtherWords = 2;
    private const int FewestBesideVariables = 2;

    private readonly List<LogPlace> alone = [];
    private readonly List<Context> contexts = [];

    // The number of a context; that of its only place, inverted, while there is but one.
    private readonly Dictionary<ulong, int> byKey = [];

    /// <summary>Takes a place of a shape. What turns out to be variable by it, of any shape, is added to the queue.</summary>
    public void Add(LogPlace place, Queue<LogPlace> found)
    {
        var key = KeyOf(place.Shape.Hash, place.Number, place.Word);
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(byKey, key, out var exists);
        if (!exists)
        {
            entry = ~alone.Count;
            alone.Add(place);
            return;
        }

        if (entry < 0)
        {
            var first = alone[~entry];
            entry = contexts.Count;
            contexts.Add(new Context(found));
            Add(contexts[entry], first);
        }

        Add(contexts[entry], place);
    }

    /// <summary>Whether this place of this message is known to be a variable.</summary>
    public bool Varies(ReadOnlySpan<ulong> words, ulong hash, int place)
        => byKey.TryGetValue(KeyOf(hash, place, words[place]), out var entry) && entry >= 0 && contexts[entry].IsVariable;

    private static ulong KeyOf(ulong hash, int place, ulong word) => hash - LogWords.At(place, word);

    private void Add(Context context, LogPlace place)
    {
        context.Add(place);
        phrases.Share(place, context);
    }

    /// <summary>What was seen at one place while all else was equal: one word, or a variable, from each shape.</summary>
    private sealed class Context(Queue<LogPlace> found) : LogPhrases.ISharing
    {
        private readonly List<LogPlace> places = []; // None once it is known to be variable.
        private int words;
        private int identifiers;
        private int shared;
        private int otherWords;
        private bool hasVariable;

        public bool IsVariable { get; private set; }

        public void Add(LogPlace place)
        {
            var isVariable = place.Kind == LogWordKind.Variable;
            hasVariable |= isVariable;
            words += isVariable ? 0 : 1;
            identifiers += place.Kind == LogWordKind.Identifier ? 1 : 0;
            otherWords = place.Shape.WordCount - (isVariable ? 0 : 1);
            places.Add(place);
            Judge();
        }

        public void OnShared()
        {
            shared++;
            Judge();
        }

        private void Judge()
        {
            IsVariable |= otherWords >= FewestOtherWords && (HasEnoughWords() || IsBesideVariables());
            if (IsVariable)
            {
                places.ForEach(found.Enqueue);
                places.Clear();
            }
        }

        private bool HasEnoughWords() => words + shared >= (otherWords == FewestOtherWords ? 2 * FewestWords : FewestWords);

        private bool IsBesideVariables() => hasVariable && (words >= FewestBesideVariables || identifiers > 0);
    }
}
