using System.Buffers;

namespace Aiops.Pipeline.Masking;

/// <summary>Passwords in addresses: <c>scheme://user:password@host</c>, and <c>user:password@host:port</c> or <c>@tcp(</c> without a scheme.</summary>
internal static class UrlCredentials
{
    private const int LongestAuthority = 512; // Bounds the look ahead, so that "://" a thousand times stays linear.
    private const int LongestUser = 64;

    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n\"'<>`\\");
    private static readonly SearchValues<char> PathStarts = SearchValues.Create("/?#");

    public static string Mask(string text)
    {
        var masked = new MaskedCopy(text);
        for (var at = text.IndexOf('@'); at >= 0; at = text.IndexOf('@', at + 1))
        {
            if (at < masked.Copied)
            {
                continue;
            }

            var from = Math.Max(masked.Copied, at - LongestAuthority);
            var before = text.AsSpan(from, at - from);
            var scheme = before.LastIndexOf("://", StringComparison.Ordinal);
            var blank = before.LastIndexOfAny(Ends);
            if (scheme > blank)
            {
                MaskUserInfo(text, ref masked, from + scheme + 3, at);
            }
            else
            {
                MaskBare(text, ref masked, from + blank + 1, at);
            }
        }

        return masked.Finish();
    }

    private static void MaskUserInfo(string text, ref MaskedCopy masked, int start, int at)
    {
        var info = text.AsSpan(start, at - start);
        var colon = info.IndexOf(':');
        var path = info.IndexOfAny(PathStarts);
        if (path >= 0 && (colon < 0 || path < colon || IsPort(info[(colon + 1)..path])))
        {
            return; // The "@" belongs to the path or the query.
        }

        if (colon >= 0)
        {
            masked.Replace(start + colon + 1, LastAt(text, at));
        }
        else if (SecretValue.LooksRandom(info))
        {
            masked.Replace(start, at);
        }
    }

    // A password may hold "@" itself: the last one before the path counts.
    private static int LastAt(string text, int at)
    {
        var rest = text.AsSpan(at + 1, Math.Min(LongestUser, text.Length - at - 1));
        var end = rest.IndexOfAny(Ends) is var blank and >= 0 ? blank : rest.Length;
        var authority = rest[..end];
        authority = authority.IndexOfAny(PathStarts) is var path and >= 0 ? authority[..path] : authority;
        return authority.LastIndexOf('@') is var last and >= 0 ? at + 1 + last : at;
    }

    private static void MaskBare(string text, ref MaskedCopy masked, int start, int at)
    {
        var info = text.AsSpan(start, at - start);
        var colon = info.IndexOf(':');
        if (colon is < 1 or > LongestUser || info.ContainsAny(PathStarts) || info.Length - colon < 4)
        {
            return;
        }

        var after = text.AsSpan(at + 1, Math.Min(LongestUser, text.Length - at - 1));
        var host = 0;
        while (host < after.Length && (char.IsAsciiLetterOrDigit(after[host]) || after[host] is '.' or '-'))
        {
            host++;
        }

        var digest = after.StartsWith("sha", StringComparison.OrdinalIgnoreCase) || after.StartsWith("md5", StringComparison.OrdinalIgnoreCase);
        var hasPort = host > 0 && host + 1 < after.Length && after[host] == ':' && char.IsAsciiDigit(after[host + 1]);
        if (!digest && (hasPort || (host < after.Length && after[host] == '(')))
        {
            masked.Replace(start + colon + 1, at);
        }
    }

    private static bool IsPort(ReadOnlySpan<char> text) => text.Length is > 0 and <= 5 && !text.ContainsAnyExceptInRange('0', '9');
}
