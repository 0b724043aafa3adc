using System.Buffers;

namespace Aiops.Analysis.LogPatterns;

/// <summary>Splits a message into tokens with its plain variables masked, by rules that know no system.</summary>
/// <remarks>
/// The first line counts, of it 1,024 characters and 64 tokens. Blanks separate. Within a token, a run of letters, digits
/// and <c>_-.</c> that holds a digit becomes <c>&lt;*&gt;</c>: numbers, stamps, addresses, ids, hexadecimal; paths, pairs and
/// brackets keep their words. Departure from [He2017], which leaves masks to rules per system.
/// </remarks>
public static class LogMask
{
    public const string Wildcard = "<*>";

    private const int LongestMessage = 1024;
    private const int MostTokens = 64;

    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    public static List<string> Tokens(ReadOnlySpan<char> message)
    {
        var end = message.IndexOfAny(LineEnds);
        message = end < 0 ? message : message[..end];
        message = message[..Math.Min(message.Length, LongestMessage)];
        List<string> tokens = [];
        foreach (var range in message.SplitAny(' ', '\t'))
        {
            if (!message[range].IsEmpty)
            {
                tokens.Add(Masked(message[range]));
            }

            if (tokens.Count == MostTokens)
            {
                break;
            }
        }

        return tokens;
    }

    private static string Masked(ReadOnlySpan<char> token)
    {
        if (!token.ContainsAnyInRange('0', '9'))
        {
            return token.ToString();
        }

        Span<char> masked = stackalloc char[token.Length + (2 * token.Length)]; // A one-digit run grows to three characters.
        var length = 0;
        for (var i = 0; i < token.Length;)
        {
            var run = RunAt(token[i..]);
            if (run == 0)
            {
                masked[length++] = token[i++];
                continue;
            }

            var word = token.Slice(i, run);
            var kept = word.ContainsAnyInRange('0', '9') ? Wildcard : word;
            kept.CopyTo(masked[length..]);
            length += kept.Length;
            i += run;
        }

        return masked[..length].ToString();
    }

    private static int RunAt(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsLetterOrDigit(text[length]) || text[length] is '_' or '-' or '.'))
        {
            length++;
        }

        return length;
    }
}
