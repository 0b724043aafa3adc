using System.Runtime.InteropServices;

namespace Aiops.Analysis.LogPatterns;

/// <summary>Which places of which messages are variables, judged by the different words seen there while all else was equal.</summary>
/// <remarks>
/// Words alone show a variable from <see cref="FewestWords"/> different ones on, and from twice as many where only two other
/// words hold the message together: "irqbalance startup succeeded", "portmap startup succeeded" are sentences of their own. A
/// word counts twice if it was also seen in another context after the same two words: different messages that draw on
/// one set of words have a variable there. Where masked variables stand beside the words, two words are enough, and one if it
/// looks like a name: hosts come as addresses and as names.
/// </remarks>
internal sealed class LogContexts
{
    public const int FewestWords = 5;

    private const int FewestOtherWords = 2;
    private const int FewestBesideVariables = 2;

    private readonly List<Context> contexts = [];

    // A context's number; while only one shape has left it, minus that shape's number less one.
    private readonly Dictionary<ulong, int> byKey = [];

    // Two words and a third after them: the number of the first context with that, minus it less one once it knows of a second.
    private readonly Dictionary<ulong, int> phrases = [];
    private readonly List<LogGroup> shapes = [];

    /// <summary>Takes a shape's contexts. What turns out to be variable by it, of any shape so far, is added to the queue.</summary>
    public void Add(LogGroup shape, Queue<(LogGroup Shape, int Place)> variables)
    {
        var number = shapes.Count;
        shapes.Add(shape);
        for (var place = 0; place < shape.Words.Length; place++)
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(byKey, KeyOf(shape.Hash, place, shape.Words[place]), out var exists);
            if (!exists)
            {
                entry = ~number;
                continue;
            }

            if (entry < 0)
            {
                var first = shapes[~entry];
                entry = contexts.Count;
                contexts.Add(new Context(place));
                Add(entry, first, variables);
            }

            Add(entry, shape, variables);
        }
    }

    /// <summary>Whether this place of this message is known to be a variable.</summary>
    public bool Varies(ulong hash, int place, ulong word)
        => byKey.TryGetValue(KeyOf(hash, place, word), out var entry) && entry >= 0 && contexts[entry].IsVariable;

    private static ulong KeyOf(ulong hash, int place, ulong word) => hash - LogWords.At(place, word);

    private void Add(int number, LogGroup shape, Queue<(LogGroup Shape, int Place)> variables)
    {
        var context = contexts[number];
        context.Add(shape);
        Confirm(number, shape, variables);
        if (context.IsVariable)
        {
            variables.Enqueue((shape, context.Place));
        }
        else
        {
            Judge(context, variables);
        }
    }

    private void Confirm(int number, LogGroup shape, Queue<(LogGroup Shape, int Place)> variables)
    {
        var context = contexts[number];
        if (PhraseOf(shape.Words, context.Place) is not { } phrase)
        {
            return;
        }

        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(phrases, phrase, out var exists);
        if (!exists)
        {
            first = number;
            return;
        }

        context.Confirmed++;
        if (first >= 0)
        {
            var other = contexts[first];
            first = ~first;
            other.Confirmed++;
            Judge(other, variables);
        }
    }

    private static ulong? PhraseOf(ulong[] words, int place)
        => place >= 2 && words[place] != LogToken.Variable && words[place - 1] != LogToken.Variable && words[place - 2] != LogToken.Variable
            ? LogWords.At(0, words[place - 2]) + LogWords.At(1, words[place - 1]) + LogWords.At(2, words[place])
            : null;

    private static void Judge(Context context, Queue<(LogGroup Shape, int Place)> variables)
    {
        if (context.IsVariable || !IsVariable(context))
        {
            return;
        }

        context.IsVariable = true;
        foreach (var shape in context.Shapes)
        {
            variables.Enqueue((shape, context.Place));
        }

        context.Shapes.Clear();
        context.Shapes.TrimExcess();
    }

    private static bool IsVariable(Context context)
    {
        if (context.OtherWords < FewestOtherWords)
        {
            return false;
        }

        var fewest = context.OtherWords == FewestOtherWords ? 2 * FewestWords : FewestWords;
        return context.Words + context.Confirmed >= fewest
            || (context.HasVariable && (context.Words >= FewestBesideVariables || context.Identifiers > 0));
    }

    /// <summary>What was seen at one place while all else was equal: one word, or a variable, from each shape.</summary>
    private sealed class Context(int place)
    {
        public int Place => place;

        /// <summary>Those that left it; none once it is known to be variable.</summary>
        public List<LogGroup> Shapes { get; } = [];

        public int Words { get; private set; }

        public int Identifiers { get; private set; }

        public int OtherWords { get; private set; }

        public int Confirmed { get; set; }

        public bool HasVariable { get; private set; }

        public bool IsVariable { get; set; }

        public void Add(LogGroup shape)
        {
            var kind = shape.Kinds[place];
            HasVariable |= kind == LogWordKind.Variable;
            Words += kind == LogWordKind.Variable ? 0 : 1;
            Identifiers += kind == LogWordKind.Identifier ? 1 : 0;
            OtherWords = shape.WordCount - (kind == LogWordKind.Variable ? 0 : 1);
            if (!IsVariable)
            {
                Shapes.Add(shape);
            }
        }
    }
}
