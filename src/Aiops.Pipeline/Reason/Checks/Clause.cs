using System.Text.RegularExpressions;
using Aiops.Pipeline.Reason.Checks.Words;

namespace Aiops.Pipeline.Reason.Checks;

/// <summary>A sentence, or a part of one, and what there is to know of it whatever it is held against.</summary>
/// <param name="Subject">Of whom the part before it spoke, where this names no component; null where nobody did.</param>
internal sealed partial record Clause(string Text, IReadOnlySet<string> Entities, string? Subject)
{
    public Held Said { get; } = Held.In(Text);

    /// <summary>The text without figures, times and names such as "http.server.errors": what they contain isn't a word of the sentence.</summary>
    public string Words { get; } = NamesWithMarks().Replace(Held.In(Text).WithoutFigures(OnlyFigures().Replace(Text, Spaces)), " ");

    /// <summary>What its words mean, and where they stand in <see cref="Words"/>; but for what has a rule of its own.</summary>
    public IReadOnlyList<(Concept Concept, int From, int To)> Meanings => field ??= [.. Vocabulary.All.Where(one => one.Kind is not ConceptKind.Ruled)
        .SelectMany(one => one.In(Words).Select(match => (one, match.Index, match.Index + match.Length)))];

    /// <summary>Whether it tells something of its own, and isn't the rest of what stands before it ("at 14:29", "and edge-alb", "the alarm included").</summary>
    public bool IsOwn => Meanings.Any(one => one.Concept.Kind is ConceptKind.Deed or ConceptKind.Direction
        || (one.Concept.Kind is ConceptKind.Thing && Named.Count + Said.Names.Count + Said.Figures.Count + Said.Times.Count > 0));

    /// <summary>The components that it names, as they come.</summary>
    public IReadOnlyList<string> Named { get; } = [.. Entities.Where(entity => Names.Holds(Text, entity)).OrderBy(entity => Names.Place(Text, entity))];

    public string? Speaks => Named.Count > 0 ? Named[0] : Subject;

    private static string Spaces(Match match) => new(' ', match.Length);

    // "Only 3 %" says what it thinks of 3 %, and no more.
    [GeneratedRegex(@"\bonly (?=(slightly|from|about|\d))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex OnlyFigures();

    [GeneratedRegex(@"[A-Za-z0-9]+(?:[-_./:@][A-Za-z0-9]+)+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NamesWithMarks();
}
