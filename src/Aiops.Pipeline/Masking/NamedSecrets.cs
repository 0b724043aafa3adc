using System.Buffers;

namespace Aiops.Pipeline.Masking;

/// <summary>
/// Values behind telling names: <c>name=value</c>, <c>"name": "value"</c> (escaped as often as you like), headers,
/// <c>--name value</c>, <c>&lt;name&gt;value&lt;</c>, connection strings, tags (<c>"Key": name, "Value": value</c>), SQL's
/// <c>PASSWORD 'value'</c>. One pass over the separators; the look back is bounded and values are passed over once.
/// </summary>
internal static class NamedSecrets
{
    private const int TagReach = 200; // From a tag's name to its value.
    private const int FirstLook = 256; // So much of a value is judged; only what is masked is followed to its end.

    private static readonly SearchValues<char> Separators = SearchValues.Create(":=>% '");
    private static readonly SearchValues<char> ValueEnds = SearchValues.Create(" \t\r\n\"'`;<>|");
    private static readonly SearchValues<char> PasswordMarks = SearchValues.Create("!$^*?");
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");
    private static readonly string[] Entities = ["&quot;", "&#34;", "&#39;", "&#x27;"];

    // What is said of a password rather than being one.
    private static readonly string[] Remarks =
    [
        "null", "none", "nil", "true", "false", "undefined", "required", "missing", "invalid", "expired", "empty", "incorrect", "wrong", "failed", "failure", "changed",
        "ok", "yes", "no", "not", "must", "is", "was", "denied", "rejected", "rotated", "updated", "redacted", "authentication", "string",
    ];

    public static string Mask(string text)
    {
        var masked = new MaskedCopy(text);
        var secretTagUntil = -1;
        for (var at = Next(text, 0); at >= 0; at = Next(text, Math.Max(at + 1, masked.Copied)))
        {
            if (!IsSeparator(text, at, out var after) || NameBefore(text, at) is not { Length: > 0 } name)
            {
                continue;
            }

            var says = SecretNames.Judge(name);
            if (says is NameSays.Nothing)
            {
                continue;
            }

            var value = ValueOf(text, Math.Min(text.Length, after + FirstLook), after, says, text[at]);
            var found = text.AsSpan(value.Start, value.End - value.Start);
            var tagged = says is NameSays.TagValue && at <= secretTagUntil;
            if (says is NameSays.TagName || (says is NameSays.Perhaps or NameSays.Hardly && name.EndsWith("key", StringComparison.OrdinalIgnoreCase)))
            {
                secretTagUntil = found.Length is > 0 and <= SecretNames.Longest && SecretNames.Judge(found) is NameSays.Secret ? value.End + TagReach : secretTagUntil;
            }

            if (IsSecret(says, found, tagged))
            {
                masked.Replace(value.Start, value.End < after + FirstLook ? value.End : ValueOf(text, text.Length, after, says, text[at]).End);
                secretTagUntil = tagged ? -1 : secretTagUntil;
            }
        }

        return masked.Finish();
    }

    private static bool IsSecret(NameSays says, ReadOnlySpan<char> value, bool tagged)
        => value.Length > 0 && !value.StartsWith(SecretMask.Mark, StringComparison.Ordinal) && says switch
        {
            NameSays.Secret => !IsRemark(value),
            NameSays.TagValue => tagged && !IsRemark(value),
            NameSays.Cookie => value.Contains('='),
            NameSays.Authorization => value.Length >= 8 && !IsRemark(value),
            NameSays.Hardly => SecretValue.LooksRandom(value) && value.ContainsAnyExcept(HexDigits),
            NameSays.Perhaps => SecretValue.LooksRandom(value) || IsPass(value),
            _ => false,
        };

    // "pass=hunter2!" and the like: a short value that mixes letters, digits and marks isn't a word or a count.
    private static bool IsPass(ReadOnlySpan<char> value)
        => value.Length is >= 8 and < 40 && value.ContainsAnyInRange('0', '9') && value.ContainsAny(PasswordMarks) && value.ContainsAnyInRange('a', 'z');

    private static bool IsRemark(ReadOnlySpan<char> value)
    {
        if (value.StartsWith("arn:", StringComparison.Ordinal) || value.StartsWith("${") || value.StartsWith("{{") || value.StartsWith("$(")
            || value.StartsWith("***", StringComparison.Ordinal) || value[0] is '<' or '{' or '[' || (value[0] == '%' && value.Length <= 2))
        {
            return true;
        }

        foreach (var remark in Remarks)
        {
            if (value.Equals(remark, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static int Next(string text, int from)
        => from >= text.Length || text.AsSpan(from).IndexOfAny(Separators) is not (var next and >= 0) ? -1 : from + next;

    private static bool IsSeparator(string text, int at, out int after)
    {
        after = at + 1;
        switch (text[at])
        {
            case ':' or '=' when after < text.Length && text[after] is '=' or '>':
                after++;
                return text[at] == '=' || text[after - 1] == '=';
            case ':' when IsInsideArn(text, at):
                return false;
            case ':':
                return after >= text.Length || text[after] != '/' || after + 1 >= text.Length || text[after + 1] != '/';
            case '=':
                return true;
            case '>':
                return OpensElement(text, at);
            case '%':
                after = at + 3;
                return after <= text.Length && text.AsSpan(at, 3) is "%3D" or "%3d" or "%3A" or "%3a";
            case '\'':
                return false;
            default: // A blank: an option's value, or SQL's quoted one.
                return after < text.Length && (text[after] == '\'' || IsOption(text, at)) && text[after] is not ('-' or ':' or '=');
        }
    }

    // "…:123456789012:secret:prod/db": a part between colons names a kind of resource.
    private static bool IsInsideArn(string text, int at)
    {
        var start = at;
        while (start > 0 && at - start <= SecretNames.Longest && IsNameChar(text[start - 1]))
        {
            start--;
        }

        return start > 1 && start < at && text[start - 1] == ':' && (text[start - 2] == ':' || char.IsAsciiLetterOrDigit(text[start - 2]));
    }

    private static bool OpensElement(string text, int at)
    {
        var start = at;
        while (start > 0 && at - start <= SecretNames.Longest && IsNameChar(text[start - 1]))
        {
            start--;
        }

        return start > 0 && start < at && text[start - 1] == '<';
    }

    private static bool IsOption(string text, int at)
    {
        var start = at;
        while (start > 0 && at - start <= SecretNames.Longest && IsNameChar(text[start - 1]))
        {
            start--;
        }

        return at - start > 2 && text[start] == '-' && text[start + 1] == '-';
    }

    private static ReadOnlySpan<char> NameBefore(string text, int at)
    {
        var end = at;
        var least = Math.Max(0, at - SecretNames.Longest - 16);
        while (end > least && text[end - 1] is ' ' or '\t')
        {
            end--;
        }

        foreach (var entity in Entities)
        {
            end -= text.AsSpan(least, end - least).EndsWith(entity) ? entity.Length : 0;
        }

        while (end > least && text[end - 1] is '"' or '\'' or '\\' or '`' or ']') // The bracket of environ['API_KEY'].
        {
            end--;
        }

        var start = end;
        while (start > least && IsNameChar(text[start - 1]))
        {
            start--;
        }

        var name = text.AsSpan(start, end - start);
        return name is "BY" or "by" && text.AsSpan(least, start - least).Contains("identified", StringComparison.OrdinalIgnoreCase)
            ? "password" // SQL's IDENTIFIED BY '…'.
            : name;
    }

    private static bool IsNameChar(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.';

    private static (int Start, int End) ValueOf(string text, int limit, int from, NameSays says, char separator)
    {
        var start = from;
        while (start < limit && text[start] is ' ' or '\t')
        {
            start++;
        }

        foreach (var entity in Entities)
        {
            if (text.AsSpan(start, limit - start).StartsWith(entity))
            {
                start += entity.Length;
                return (start, text.IndexOf(entity, start, limit - start, StringComparison.Ordinal) is var close and >= 0 ? close : EndOfWord(text, limit, start));
            }
        }

        var escapes = 0;
        while (start + escapes < limit && text[start + escapes] == '\\')
        {
            escapes++;
        }

        if (start + escapes < limit && text[start + escapes] is '"' or '\'' or '`')
        {
            start += escapes + 1;
            return (start, EndOfQuote(text, limit, start, text[start - 1], escapes));
        }

        var end = says switch
        {
            NameSays.Cookie => EndOfCookies(text, limit, start),
            NameSays.Authorization => EndOfAuthorization(text, limit, ref start),
            _ when separator == '>' => text.IndexOf('<', start, limit - start) is var close and >= 0 ? close : limit,
            _ => EndOfWord(text, limit, start),
        };
        return (start, end); // After the switch: a header's scheme moves the start.
    }

    private static int EndOfQuote(string text, int limit, int start, char quote, int escapes)
    {
        for (var i = start; i < limit; i++)
        {
            if (text[i] is '\r' or '\n')
            {
                return i;
            }

            if (text[i] == quote)
            {
                var before = 0;
                while (i - before > start && text[i - before - 1] == '\\')
                {
                    before++;
                }

                if (escapes == 0 ? before % 2 == 0 : before <= escapes)
                {
                    return i - Math.Min(before, escapes);
                }
            }
        }

        return limit;
    }

    private static int EndOfWord(string text, int limit, int start)
    {
        var length = text.AsSpan(start, limit - start).IndexOfAny(ValueEnds);
        var end = length < 0 ? limit : start + length;
        for (var i = start; i < end; i++)
        {
            // These end a value only where another name follows, or the text's next clause: passwords hold them.
            if (text[i] is ',' or '&' && (i + 1 == end || BeginsEntity(text, i) || IsNextName(text.AsSpan(i + 1, Math.Min(SecretNames.Longest, end - i - 1)))))
            {
                end = i;
            }
        }

        while (end > start && text[end - 1] is ')' or ']' or '}' or '.' or ',' or '\\')
        {
            end--;
        }

        return end;
    }

    private static bool BeginsEntity(string text, int at)
    {
        foreach (var entity in Entities)
        {
            if (text.AsSpan(at).StartsWith(entity, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNextName(ReadOnlySpan<char> text)
    {
        var i = 0;
        while (i < text.Length && IsNameChar(text[i]))
        {
            i++;
        }

        return i > 0 && i < text.Length && text[i] is '=' or ':';
    }

    private static int EndOfCookies(string text, int limit, int start)
    {
        var end = EndOfWordOrSemicolon(text, limit, start);
        while (end < limit && text[end - 1] == ';' && text[end] == ' ' && end + 1 < limit)
        {
            end = EndOfWordOrSemicolon(text, limit, end + 1);
        }

        return end;
    }

    private static int EndOfWordOrSemicolon(string text, int limit, int start)
    {
        var i = start;
        while (i < limit && text[i] is not (' ' or '\t' or '\r' or '\n' or '"' or '\'' or '<'))
        {
            i++;
        }

        return i;
    }

    private static int EndOfAuthorization(string text, int limit, ref int start)
    {
        var end = EndOfWord(text, limit, start);
        var scheme = text.AsSpan(start, end - start);
        if (end >= limit || text[end] != ' ')
        {
            return end;
        }

        if (scheme is "Digest" or "AWS4-HMAC-SHA256" or "OAuth" or "Signature")
        {
            start = end + 1;
            return text.AsSpan(start, limit - start).IndexOfAny(LineEnds) is var line and >= 0 ? start + line : limit;
        }

        if (scheme.Length <= 12 && !scheme.ContainsAnyInRange('0', '9'))
        {
            start = end + 1;
            return EndOfWord(text, limit, start);
        }

        return end;
    }
}
