using System.Buffers.Text;

namespace Aiops.Local.Recordings.Reading;

/// <summary>A time as recordings write it, in nanoseconds since 1970, and the form that it was written in.</summary>
internal readonly record struct Stamp(long UnixNanoseconds, StampForm Form)
{
    public long UnixMilliseconds => UnixNanoseconds / 1_000_000;

    /// <summary>
    /// ISO 8601 (no zone means UTC), or a number since 1970 whose unit shows in its size: below 1e11 seconds, below 1e14
    /// milliseconds, below 1e17 microseconds, else nanoseconds; that is right from 1973 to 2262.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Stamp stamp)
    {
        text = text.Trim((byte)' ');
        return text.Length > 10 && text[4] == '-' ? TryParseIso(text, out stamp) : TryParseNumber(text, out stamp);
    }

    /// <summary>The time, or null outside the years that <see cref="DateTimeOffset"/> knows.</summary>
    public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddTicks(UnixNanoseconds / 100);

    private static bool TryParseNumber(ReadOnlySpan<byte> text, out Stamp stamp)
    {
        stamp = default;
        if (Utf8Parser.TryParse(text, out long whole, out var used) && used == text.Length)
        {
            return whole > 0 && Scale(whole, 0, out stamp);
        }

        if (used > 0 && used < text.Length && text[used] == '.' && whole > 0)
        {
            long fraction = 0;
            var unit = 100_000_000L; // Nanoseconds that the next digit counts.
            for (used++; used < text.Length && char.IsAsciiDigit((char)text[used]); used++, unit /= 10)
            {
                fraction += (text[used] - '0') * unit;
            }

            if (used == text.Length)
            {
                return Scale(whole, fraction, out stamp);
            }
        }

        return Utf8Parser.TryParse(text, out double value, out used) && used == text.Length // 1.692e9
            && value is > 0 and < 9e18 && Scale((long)value, 0, out stamp);
    }

    private static bool Scale(long whole, long fraction, out Stamp stamp)
    {
        stamp = whole switch
        {
            < 9_000_000_000 => new Stamp((whole * 1_000_000_000) + fraction, StampForm.Seconds),
            < 100_000_000_000 => default, // Past the year 2262 in seconds, before 1973 in milliseconds.
            < 100_000_000_000_000 => new Stamp((whole * 1_000_000) + (fraction / 1_000), StampForm.Milliseconds),
            < 100_000_000_000_000_000 => new Stamp(whole * 1_000, StampForm.Microseconds),
            _ => new Stamp(whole, StampForm.Nanoseconds),
        };

        return stamp != default;
    }

    private static bool TryParseIso(ReadOnlySpan<byte> text, out Stamp stamp)
    {
        stamp = default;
        if (text.Length < 16 || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[13] != ':'
            || !Digits(text, 0, 4, out var year) || !Digits(text, 5, 2, out var month) || !Digits(text, 8, 2, out var day)
            || !Digits(text, 11, 2, out var hour) || !Digits(text, 14, 2, out var minute)
            || year is < 1678 or > 2261 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59)
        {
            return false;
        }

        var at = 16;
        var second = 0;
        long fraction = 0;
        if (at < text.Length && text[at] == ':')
        {
            if (!Digits(text, 17, 2, out second) || second > 60) // 60: a leap second, taken as the next minute's first.
            {
                return false;
            }

            at = 19;
            if (at < text.Length && text[at] is (byte)'.' or (byte)',')
            {
                var unit = 100_000_000L;
                for (at++; at < text.Length && char.IsAsciiDigit((char)text[at]); at++, unit /= 10)
                {
                    fraction += (text[at] - '0') * unit;
                }
            }
        }

        if (!TryZone(text[at..].Trim((byte)' '), out var zone))
        {
            return false;
        }

        var ticks = new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks;
        stamp = new Stamp((ticks * 100) + ((second - zone) * 1_000_000_000L) + fraction, StampForm.Iso);
        return true;
    }

    private static bool TryZone(ReadOnlySpan<byte> text, out int seconds)
    {
        seconds = 0;
        if (text is [] or [(byte)'Z' or (byte)'z'])
        {
            return true;
        }

        var minutes = 0;
        var colon = text.Length == 6 && text[3] == ':' ? 1 : 0;
        if (text[0] is not ((byte)'+' or (byte)'-') || !Digits(text, 1, 2, out var hours)
            || (text.Length != 3 && (text.Length != 5 + colon || !Digits(text, 3 + colon, 2, out minutes))))
        {
            return false;
        }

        seconds = ((hours * 60) + minutes) * (text[0] == '-' ? -60 : 60);
        return hours < 19;
    }

    private static bool Digits(ReadOnlySpan<byte> text, int at, int count, out int value)
    {
        value = 0;
        if (at + count > text.Length)
        {
            return false;
        }

        foreach (var digit in text.Slice(at, count))
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = (value * 10) + digit - '0';
        }

        return true;
    }
}

/// <summary>How a time was written.</summary>
[Flags]
internal enum StampForm
{
    None = 0,
    Iso = 1,
    Seconds = 2,
    Milliseconds = 4,
    Microseconds = 8,
    Nanoseconds = 16,
}
