using System.Globalization;

namespace Aiops.Local.Recordings.Writing;

/// <summary>Times as recordings write them: ISO 8601 in UTC, with as many decimals as are needed, in threes.</summary>
internal static class StampText
{
    public const int LongestLength = 30; // 2026-03-14T10:17:36.441123456Z

    /// <summary>Answers the bytes written.</summary>
    public static int Write(long unixNanoseconds, Span<byte> text)
    {
        var (seconds, fraction) = Math.DivRem(unixNanoseconds, 1_000_000_000);
        if (fraction < 0)
        {
            (seconds, fraction) = (seconds - 1, fraction + 1_000_000_000);
        }

        DateTimeOffset.FromUnixTimeSeconds(seconds).TryFormat(
            text, out var length, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        var digits = fraction == 0 ? 0 : fraction % 1_000_000 == 0 ? 3 : fraction % 1_000 == 0 ? 6 : 9;
        if (digits > 0)
        {
            text[length++] = (byte)'.';
            var unit = 100_000_000L;
            for (var i = 0; i < digits; i++, unit /= 10)
            {
                text[length++] = (byte)('0' + (fraction / unit % 10));
            }
        }

        text[length++] = (byte)'Z';
        return length;
    }
}
