using System.Text.RegularExpressions;

namespace Aiops.Pipeline.Reason.Checks;

/// <summary>Where a name stands in a text.</summary>
internal static partial class Names
{
    /// <summary>Whether a name stands in a text as a word of its own; Korean particles may follow it.</summary>
    public static bool Holds(string text, string name) => Place(text, name) >= 0;

    /// <returns>Below 0 where it doesn't.</returns>
    public static int Place(string text, string name, StringComparison comparison = StringComparison.OrdinalIgnoreCase)
    {
        for (var at = name.Length == 0 ? -1 : text.IndexOf(name, comparison); at >= 0; at = text.IndexOf(name, at + 1, comparison))
        {
            var end = at + name.Length;
            if ((at == 0 || !IsNamePart(text[at - 1])) && (end == text.Length || !IsNamePart(text[end])))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>The text with spaces for a name.</summary>
    public static string Without(string text, string name)
    {
        for (var at = Place(text, name); at >= 0; at = Place(text, name))
        {
            text = string.Concat(text.AsSpan(0, at), " ", text.AsSpan(at + name.Length));
        }

        return text;
    }

    /// <summary>Words of four letters or more that both have.</summary>
    public static int Shared(string claim, string text)
        => LongWord().Matches(claim).Select(match => match.Value).Distinct(StringComparer.OrdinalIgnoreCase).Count(word => Holds(text, word));

    /// <summary>A text and the words in its names: "CPUUtilization" speaks of the CPU, "ReadThrottleEvents" of throttling.</summary>
    public static string Spelt(string text)
        => text + "\n" + Humps().Replace(text, "${low} ${high}").Replace('_', ' ').Replace('-', ' ').Replace('.', ' ').Replace('/', ' ');

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    [GeneratedRegex(@"[\p{L}]{4,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LongWord();

    [GeneratedRegex(@"(?<low>[a-z]|[A-Z]{2,})(?<high>[A-Z][a-z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Humps();
}
