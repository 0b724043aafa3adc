namespace Aiops.Analysis.LogPatterns;

/// <summary>Variables that reach past the word they begin with: addresses, <c>host.name:port</c>, paths and URLs.</summary>
internal static class LogMask
{
    private const int Alphanumeric = LogCharacters.Letter | LogCharacters.Digit;

    /// <summary>Where such a variable ends that begins with the word; 0 when the word begins none.</summary>
    /// <param name="seen">The classes of the word's characters.</param>
    public static int EndOfVariable(ReadOnlySpan<char> line, int start, int end, int seen)
    {
        if ((seen & LogCharacters.Backslash) != 0 || (line[start] == '/' && end - start > 1 && BeginsName(line[start + 1])))
        {
            return EndOfPath(line, start);
        }

        if (end + 1 >= line.Length || line[end] != ':')
        {
            return 0;
        }

        var isDrive = end - start == 1 && line[end + 1] is '/' or '\\';
        if ((isDrive || line[(end + 1)..].StartsWith("//")) && char.IsAsciiLetter(line[start]))
        {
            return EndOfPath(line, start);
        }

        return Math.Max(EndOfAddress(line, start, end), EndOfEndpoint(line, start, end, seen));
    }

    private static bool BeginsName(char c) => c is '_' or '.' || (LogCharacters.Of(c) & Alphanumeric) != 0;

    /// <summary>To the next blank, quote, comma or bracket; what is within brackets of its own belongs to it.</summary>
    private static int EndOfPath(ReadOnlySpan<char> line, int start)
    {
        var open = 0;
        var i = start;
        for (; i < line.Length; i++)
        {
            switch (line[i])
            {
                case <= ' ' or '"' or '\'' or '<' or '>' or ';' or '|':
                case ',' or ')' or ']' or '}' when open == 0:
                    return i;
                case '(' or '[' or '{':
                    open++;
                    break;
                case ')' or ']' or '}':
                    open--;
                    break;
            }
        }

        return i;
    }

    /// <summary>Three groups or more of up to four hexadecimal digits, one of them decimal: IPv6, MAC, a time of day.</summary>
    private static int EndOfAddress(ReadOnlySpan<char> line, int start, int end)
    {
        if (end - start > 4)
        {
            return 0;
        }

        var (groups, length, hasDigit) = (1, 0, false);
        var i = start;
        for (; i < line.Length; i++)
        {
            if (line[i] == ':')
            {
                (groups, length) = (groups + 1, 0);
            }
            else if (char.IsAsciiHexDigit(line[i]) && length < 4)
            {
                length++;
                hasDigit |= char.IsAsciiDigit(line[i]);
            }
            else
            {
                break;
            }
        }

        var whole = i == line.Length || (LogCharacters.Of(line[i]) & (Alphanumeric | LogCharacters.Joint)) == 0;
        return groups >= 3 && length > 0 && hasDigit && whole ? i : 0;
    }

    private static int EndOfEndpoint(ReadOnlySpan<char> line, int start, int end, int seen)
    {
        const int NameCharacters = Alphanumeric | LogCharacters.Dot | LogCharacters.Joint;
        if ((seen & LogCharacters.Dot) == 0 || (seen & ~NameCharacters) != 0 || !char.IsAsciiLetter(line[start])
            || (start > 0 && line[start - 1] == '(')) // (Order.java:12)
        {
            return 0;
        }

        var i = end + 1;
        while (i < line.Length && char.IsAsciiDigit(line[i]))
        {
            i++;
        }

        var whole = i == line.Length || (LogCharacters.Of(line[i]) & (Alphanumeric | LogCharacters.Joint)) == 0;
        return i > end + 1 && whole ? i : 0;
    }
}
