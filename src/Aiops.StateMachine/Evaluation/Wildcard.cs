namespace Aiops.StateMachine.Evaluation;

/// <summary>The patterns of StringMatches: "*" stands for any characters, a backslash escapes "*" and itself.</summary>
internal static class Wildcard
{
    /// <exception cref="StateFailedException">States.Runtime: the pattern has an open backslash.</exception>
    public static bool Matches(string text, string pattern)
    {
        var pieces = Pieces(pattern);
        if (pieces.Count == 1)
        {
            return text == pieces[0];
        }

        if (!text.StartsWith(pieces[0], StringComparison.Ordinal))
        {
            return false;
        }

        // Each piece as early as possible leaves the most for the rest; the last must end the text.
        var at = pieces[0].Length;
        foreach (var piece in pieces.Skip(1).SkipLast(1))
        {
            var found = text.IndexOf(piece, at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + piece.Length;
        }

        return text.Length - at >= pieces[^1].Length && text.EndsWith(pieces[^1], StringComparison.Ordinal);
    }

    private static List<string> Pieces(string pattern)
    {
        var pieces = new List<string>();
        var piece = new System.Text.StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*':
                    pieces.Add(piece.ToString());
                    piece.Clear();
                    break;
                case '\\' when i + 1 < pattern.Length && pattern[i + 1] is '*' or '\\':
                    piece.Append(pattern[++i]);
                    break;
                case '\\':
                    throw StateFailedException.Runtime(
                        $"An open escape backslash was found in the StringMatches pattern '{pattern}'.");
                default:
                    piece.Append(pattern[i]);
                    break;
            }
        }

        pieces.Add(piece.ToString());
        return pieces;
    }
}
