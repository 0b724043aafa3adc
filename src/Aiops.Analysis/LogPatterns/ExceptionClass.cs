namespace Aiops.Analysis.LogPatterns;

/// <summary>Finds the class of the exception that a line reports, by how Java, C#, Python and JavaScript name theirs.</summary>
internal static class ExceptionClass
{
    private const int Longest = 16_384; // Characters looked at; a stack trace's root comes last.

    private static readonly string[] Endings = ["Exception", "Error", "Fault"];

    /// <summary>The last one named, its package left off: of nested exceptions the root comes last. Empty when there is none.</summary>
    public static string Of(ReadOnlySpan<char> line)
    {
        line = line[..Math.Min(line.Length, Longest)];
        var (best, end) = (-1, -1);
        foreach (var ending in Endings)
        {
            for (var rest = line; rest.LastIndexOf(ending, StringComparison.Ordinal) is >= 0 and var at; rest = rest[..at])
            {
                var until = at + ending.Length;
                if (until == line.Length || !IsOfWord(line[until]))
                {
                    (best, end) = at > best ? (at, until) : (best, end);
                    break;
                }
            }
        }

        var start = best;
        while (start > 0 && IsOfWord(line[start - 1]))
        {
            start--;
        }

        return best < 0 || start == best || !char.IsUpper(line[start]) ? "" : line[start..end].ToString(); // "Error" alone is a word.
    }

    private static bool IsOfWord(char character) => char.IsLetterOrDigit(character) || character == '_';
}
