namespace Aiops.Pipeline.Masking;

/// <summary>PEM and OpenPGP private key blocks, whole or cut off, on lines of their own or escaped in JSON.</summary>
internal static class PrivateKeys
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const int LongestLabel = 64;

    public static string Mask(string text)
    {
        var masked = new MaskedCopy(text);
        var noEndFrom = text.Length; // From here on there is no END: looked for once, not again for every BEGIN.
        for (var at = text.IndexOf(Begin, StringComparison.Ordinal); at >= 0; at = Next(text, at))
        {
            var label = text.AsSpan(at, Math.Min(LongestLabel, text.Length - at));
            if (at < masked.Copied || label.IndexOf("PRIVATE KEY", StringComparison.Ordinal) < 0)
            {
                continue;
            }

            var end = at < noEndFrom ? text.IndexOf(End, at, StringComparison.Ordinal) : -1;
            if (end < 0)
            {
                noEndFrom = Math.Min(noEndFrom, at);
            }

            masked.Replace(at, end < 0 ? EndOfBody(text, at) : EndOfLabel(text, end));
        }

        return masked.Finish();
    }

    private static int Next(string text, int at) => text.IndexOf(Begin, at + Begin.Length, StringComparison.Ordinal);

    private static int EndOfLabel(string text, int end)
    {
        var close = text.AsSpan(end + End.Length, Math.Min(LongestLabel, text.Length - end - End.Length)).IndexOf("-----", StringComparison.Ordinal);
        return close < 0 ? Math.Min(text.Length, end + End.Length) : end + End.Length + close + 5;
    }

    // Cut off: the label, then everything that a body is made of.
    private static int EndOfBody(string text, int at)
    {
        var close = text.AsSpan(at + Begin.Length, Math.Min(LongestLabel, text.Length - at - Begin.Length)).IndexOf("-----", StringComparison.Ordinal);
        var i = close < 0 ? at + Begin.Length : at + Begin.Length + close + 5;
        while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '+' or '/' or '=' or '\\' or '\r' or '\n' or ' ' or ':' or ',' or '-'))
        {
            i++;
        }

        return i;
    }
}
