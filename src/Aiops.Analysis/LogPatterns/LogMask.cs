namespace Aiops.Analysis.LogPatterns;

/// <summary>Variables that reach past the word they begin with: addresses, <c>host.name:port</c>, paths and URLs.</summary>
internal static class LogMask
{
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

        if (line[end + 1] is '/' or '\\' && (end - start == 1 || line[(end + 1)..].StartsWith("//")) && char.IsAsciiLetter(line[start]))
        {
            return EndOfPath(line, start); // C:\…, https://…
        }

        return Math.Max(EndOfAddress(line, start, end), EndOfEndpoint(line, start, end, seen));
    }

    private static bool BeginsName(char c) => (LogCharacters.Of(c) & (LogCharacters.Letter | LogCharacters.Digit | LogCharacters.Dot)) != 0 || c == '_';

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

    /// <summary>At least three groups of at most four hexadecimal digits, a decimal one among them: IPv6, MAC, a time of day.</summary>
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

        var whole = i == line.Length || (LogCharacters.Of(line[i]) & (LogCharacters.Letter | LogCharacters.Digit | LogCharacters.Joint)) == 0;
        return groups >= 3 && length > 0 && hasDigit && whole ? i : 0;
    }

    private static int EndOfEndpoint(ReadOnlySpan<char> line, int start, int end, int seen)
    {
        const int NameCharacters = LogCharacters.Letter | LogCharacters.Digit | LogCharacters.Dot | LogCharacters.Joint;
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

        return i > end + 1 && (i == line.Length || (LogCharacters.Of(line[i]) & (LogCharacters.Letter | LogCharacters.Joint)) == 0) ? i : 0;
    }
}
