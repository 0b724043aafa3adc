using System.Buffers;

namespace Aiops.Analysis.LogPatterns;

/// <summary>Splits a message into words, with what varies by its looks masked, by rules that know no system.</summary>
/// <remarks>
/// Only the first line counts, of it 1,024 characters and 64 tokens. Blanks, brackets, quotes and <c>= : , ; |</c> separate.
/// Masked are words that hold a digit (numbers, stamps, ids, versions), what <see cref="LogMask"/> finds, and the names of
/// days and months beside a number; a unit belongs to its number (<c>1.5 KB</c>). Lists are folded: where the last one to
/// three tokens repeat the ones before them, they count once.
/// </remarks>
internal sealed class LogTokens
{
    public const int LongestMessage = 1_024;
    public const int MostTokens = 64;

    private const int LongestPeriod = 3; // "node-1 7 <ok> node-2 9 <ok>" repeats after three tokens.
    private const int Written = LogCharacters.Letter | LogCharacters.Digit;

    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    private readonly LogToken[] tokens = new LogToken[MostTokens];
    private int count;

    /// <summary>The part of a message that counts; no word is cut in two.</summary>
    public static ReadOnlySpan<char> FirstLine(ReadOnlySpan<char> message)
    {
        var line = message[..Math.Min(message.Length, LongestMessage)];
        var end = line.IndexOfAny(LineEnds);
        if (end < 0 && line.Length < message.Length)
        {
            end = line.LastIndexOf(' ');
        }

        return end < 0 ? line : line[..end];
    }

    /// <summary>The tokens of a first line; valid until the next call.</summary>
    public ReadOnlySpan<LogToken> Read(ReadOnlySpan<char> line)
    {
        count = 0;
        var afterNumber = false;
        for (var i = 0; i < line.Length && count < MostTokens;)
        {
            var seen = LogCharacters.Of(line[i]);
            if (seen == LogCharacters.Separator)
            {
                i++;
                continue;
            }

            var start = i++;
            for (int next; i < line.Length && (next = LogCharacters.Of(line[i])) != LogCharacters.Separator; i++)
            {
                seen |= next;
            }

            var end = LogMask.EndOfVariable(line, start, i, seen);
            if (end > 0)
            {
                (i, afterNumber) = (end, false);
                AddVariable(start, end);
            }
            else if ((seen & LogCharacters.Digit) != 0)
            {
                AddVariable(start, i - TrailingDots(line[start..i]));
                afterNumber = (seen & LogCharacters.Letter) == 0 && char.IsAsciiDigit(line[i - 1]);
            }
            else if ((seen & Written) != 0)
            {
                AddWord(line, start, i, seen, afterNumber);
                afterNumber = false;
            }
        }

        return tokens.AsSpan(0, count);
    }

    private static int TrailingDots(ReadOnlySpan<char> word) => word.Length - word.TrimEnd('.').Length;

    private void AddVariable(int start, int end)
    {
        while (count > 0 && tokens[count - 1].Kind == LogWordKind.Date)
        {
            start = tokens[--count].Start; // "Sun Jul 10" is one stamp.
        }

        Push(new LogToken(LogToken.Variable, LogWordKind.Variable, start, end, end));
    }

    private void AddWord(ReadOnlySpan<char> line, int start, int end, int seen, bool afterNumber)
    {
        while (line[start] == '.')
        {
            start++;
        }

        end -= TrailingDots(line[start..end]);
        var word = line[start..end];
        if (afterNumber && LogWords.IsUnit(word))
        {
            return;
        }

        var isDate = LogWords.IsDate(word);
        var followsVariable = count > 0 && tokens[count - 1].Kind == LogWordKind.Variable;
        if (isDate && followsVariable && word is not "May") // May also begins clauses.
        {
            tokens[count - 1] = tokens[count - 1] with { End = end, Resume = end };
            return;
        }

        var kind = isDate ? LogWordKind.Date : LogWords.IsIdentifier(word, seen) ? LogWordKind.Identifier : LogWordKind.Plain;
        Push(new LogToken(LogWords.Hash(word), kind, start, end, end));
    }

    private void Push(in LogToken token)
    {
        tokens[count++] = token;
        for (var period = 1; period <= LongestPeriod && 2 * period <= count; period++)
        {
            if (Repeats(period))
            {
                count -= period;
                tokens[count - 1] = tokens[count - 1] with { Resume = token.End };
                return;
            }
        }
    }

    private bool Repeats(int period)
    {
        var words = 0UL; // Variables alone are no repetition.
        for (var i = count - period; i < count; i++)
        {
            if (tokens[i].Word != tokens[i - period].Word)
            {
                return false;
            }

            words |= tokens[i].Word;
        }

        return words != LogToken.Variable;
    }
}
