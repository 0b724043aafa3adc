namespace Aiops.Analysis.Retrieval;

/// <summary>
/// Cuts text into the terms that it is found by: words in lower case; an identifier (<c>checkoutDb</c>, <c>orders-db</c>,
/// <c>http.server.duration</c>) as its parts and, where it has several, as a whole; a run of Chinese, Japanese or Korean letters
/// as its pairs, for these languages put no space between words or add endings to them.
/// </summary>
/// <remarks>Linear in the text, and the same on every host, whatever its culture.</remarks>
public static class SearchTerms
{
    /// <summary>Of one term; longer ones are cut, for nobody searches for the tail of a hash.</summary>
    public const int Longest = 64;

    /// <summary>In the order of the text, repeats included: their number counts.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        List<string> terms = [];
        var plain = Normalised(text);
        for (var i = 0; i < plain.Length;)
        {
            if (IsIdeographic(plain[i]))
            {
                var start = i;
                while (i < plain.Length && IsIdeographic(plain[i]))
                {
                    i++;
                }

                AddPairs(plain.AsSpan(start, i - start), terms);
            }
            else if (char.IsLetterOrDigit(plain[i]))
            {
                var start = i;
                while (i < plain.Length && IsOfIdentifier(plain, i))
                {
                    i++;
                }

                AddIdentifier(plain.AsSpan(start, i - start), terms);
            }
            else
            {
                i++;
            }
        }

        return terms;
    }

    // Full-width letters, as Asian keyboards write them. Unicode's normalisation isn't there on every host, so it isn't asked for.
    private static string Normalised(string text)
        => text.AsSpan().IndexOfAnyInRange('\uFF01', '\uFF5E') < 0 ? text : string.Create(text.Length, text, (plain, from) =>
        {
            for (var i = 0; i < plain.Length; i++)
            {
                plain[i] = from[i] is >= '\uFF01' and <= '\uFF5E' ? (char)(from[i] - 0xFEE0) : from[i];
            }
        });

    private static void AddPairs(ReadOnlySpan<char> run, List<string> terms)
    {
        if (run.Length == 1)
        {
            terms.Add(run.ToString());
        }

        for (var i = 0; i + 1 < run.Length; i++)
        {
            terms.Add(run.Slice(i, 2).ToString());
        }
    }

    private static void AddIdentifier(ReadOnlySpan<char> identifier, List<string> terms)
    {
        var (parts, start) = (0, 0);
        for (var i = 1; i <= identifier.Length; i++)
        {
            if (i < identifier.Length && !IsCut(identifier, i))
            {
                continue;
            }

            if (char.IsLetterOrDigit(identifier[start]))
            {
                Add(identifier[start..i], terms);
                parts++;
                start = i;
            }
            else
            {
                start = i;
            }
        }

        if (parts > 1)
        {
            Add(identifier, terms);
        }
    }

    // At a sign, after it, and where a small letter or a digit meets a capital, or capitals meet a word: HTTPServer is http, server.
    private static bool IsCut(ReadOnlySpan<char> text, int i)
        => !char.IsLetterOrDigit(text[i]) || !char.IsLetterOrDigit(text[i - 1])
            || (char.IsUpper(text[i]) && !char.IsUpper(text[i - 1]))
            || (char.IsUpper(text[i]) && char.IsUpper(text[i - 1]) && i + 1 < text.Length && char.IsLower(text[i + 1]));

    private static void Add(ReadOnlySpan<char> term, List<string> terms)
        => terms.Add((term.Length <= Longest ? term : term[..Longest]).ToString().ToLowerInvariant());

    // A sign belongs to an identifier only between two of its letters.
    private static bool IsOfIdentifier(string text, int i)
        => IsPlainLetter(text[i]) || (text[i] is '-' or '_' or '.' or ':' or '/' && i + 1 < text.Length && IsPlainLetter(text[i + 1]) && IsPlainLetter(text[i - 1]));

    private static bool IsPlainLetter(char letter) => char.IsLetterOrDigit(letter) && !IsIdeographic(letter);

    private static bool IsIdeographic(char letter)
        => letter is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7A3' or >= '\uF900' and <= '\uFAFF'
            && char.IsLetter(letter);
}
