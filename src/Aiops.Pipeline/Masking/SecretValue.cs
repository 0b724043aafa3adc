namespace Aiops.Pipeline.Masking;

/// <summary>What a value looks like, where its name alone doesn't tell.</summary>
internal static class SecretValue
{
    private const int LeastLength = 16; // 96 bits in base64: what issuers give at least.

    /// <summary>Made by chance, not by people: long, letters mixed with digits, and not words, a UUID, a date or an ARN.</summary>
    public static bool LooksRandom(ReadOnlySpan<char> value)
    {
        value = value.TrimEnd('=');
        if (value.Length < LeastLength || Guid.TryParseExact(value, "D", out _) || value.StartsWith("arn:", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/' or '_' or '-' or '.' or '~' or '%' or '='))
            {
                return false;
            }
        }

        // People join words with marks: random text has a long stretch without any in which letters and digits alternate.
        foreach (var range in value.SplitAny("-_./"))
        {
            var part = value[range];
            if ((part.Length >= 10 && part.ContainsAnyInRange('0', '9') && HasLetter(part) && Changes(part) >= 3)
                || (part.Length >= 20 && part.ContainsAnyInRange('a', 'z') && part.ContainsAnyInRange('A', 'Z') && Changes(part) >= 8))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Upper case, lower case and digits, changing as often as chance would have it: for values without any name.</summary>
    public static bool IsMixed(ReadOnlySpan<char> value)
        => value.ContainsAnyInRange('a', 'z') && value.ContainsAnyInRange('A', 'Z') && value.ContainsAnyInRange('0', '9')
            && Changes(value) >= value.Length * 2 / 5 && value.Count('/') <= 5;

    private static bool HasLetter(ReadOnlySpan<char> value) => value.ContainsAnyInRange('a', 'z') || value.ContainsAnyInRange('A', 'Z');

    /// <summary>How often the class of character (upper, lower, digit, other) changes; random base64 does so at about two of three places.</summary>
    private static int Changes(ReadOnlySpan<char> value)
    {
        var changes = 0;
        for (var i = 1; i < value.Length; i++)
        {
            changes += ClassOf(value[i]) == ClassOf(value[i - 1]) ? 0 : 1;
        }

        return changes;
    }

    private static int ClassOf(char c) => c switch
    {
        >= '0' and <= '9' => 0,
        >= 'a' and <= 'z' => 1,
        >= 'A' and <= 'Z' => 2,
        _ => 3,
    };
}
