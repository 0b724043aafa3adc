using System.Text.RegularExpressions;

namespace Aiops.Pipeline.Reason.Checks.Words;

/// <summary>Which rule holds a word.</summary>
internal enum ConceptKind
{
    /// <summary>What ought to be done, or may be: nobody says it.</summary>
    Never,

    /// <summary>What somebody did.</summary>
    Deed,

    /// <summary>What there is, and what is the matter with it.</summary>
    Thing,

    /// <summary>Up, down.</summary>
    Direction,

    /// <summary>Before, after, now: by the evidence's words, or by its times.</summary>
    Time,

    /// <summary>All, only, normal.</summary>
    Degree,

    /// <summary>Each has a rule in the code: not, cause, sharply.</summary>
    Ruled,
}

/// <summary>Words of one meaning in the languages that ship: a claim may use any of them where what it cites uses one.</summary>
internal sealed class Concept(string name, ConceptKind kind, Regex words)
{
    public string Name => name;

    public ConceptKind Kind => kind;

    public bool IsIn(string text) => words.IsMatch(text);

    public IEnumerable<Match> In(string text) => words.Matches(text);

    public string Without(string text) => words.Replace(text, " ");
}
