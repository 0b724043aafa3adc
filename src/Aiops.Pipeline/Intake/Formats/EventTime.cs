using System.Globalization;
using System.Text.Json;

namespace Aiops.Pipeline.Intake.Formats;

/// <summary>
/// The forms in which monitoring systems write a time: ISO 8601 with or without a colon in the offset
/// (<c>2019-10-02T17:04:40.989+0000</c>) and with any number of decimals, RFC 1123 with a one-digit day
/// (<c>Fri, 3 Jun 2022 05:01:10 GMT</c>), and the Unix epoch in s, ms, µs or ns, as a number or as its text.
/// </summary>
/// <remarks>No offset means UTC. What is finer than 100 ns is cut off, never rounded. Answers are in UTC.</remarks>
public static class EventTime
{
    public const int FirstYear = 2000;
    public const int LastYear = 2100;

    private const int LongestForm = 64;
    private const decimal EarliestMilliseconds = 1e11m; // As seconds this is the year 5138, so units can't be confused.

    private static readonly string[] Rfc1123Forms =
        ["d MMM yyyy HH:mm:ss 'GMT'", "d MMM yyyy HH:mm:ss 'UTC'", "d MMM yyyy HH:mm:ss '+0000'"];

    private static readonly string[] IsoForms =
        ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];

    /// <summary>The time, null when it isn't one, or is one outside of <see cref="FirstYear"/> to <see cref="LastYear"/>.</summary>
    public static DateTimeOffset? Read(JsonElement value) => Read(value, out _);

    /// <inheritdoc cref="Read(JsonElement)"/>
    /// <param name="outOfRange">Whether it was a date, in a year that no alarm comes from.</param>
    public static DateTimeOffset? Read(JsonElement value, out bool outOfRange) => Parse(value.AsScalar(), out outOfRange);

    /// <inheritdoc cref="Read(JsonElement)"/>
    public static DateTimeOffset? Parse(string? text) => Parse(text, out _);

    /// <inheritdoc cref="Read(JsonElement, out bool)"/>
    public static DateTimeOffset? Parse(string? text, out bool outOfRange)
    {
        outOfRange = false;
        if (text is null || text.Length > LongestForm)
        {
            return null;
        }

        text = text.Trim();
        if (Epoch(text) is { } counted)
        {
            return IsInRange(counted) ? new DateTimeOffset(counted, TimeSpan.Zero) : null; // 5 is a number, not the year 1970.
        }

        if ((Iso(text) ?? Rfc1123(text)) is not { } ticks)
        {
            return null;
        }

        outOfRange = !IsInRange(ticks);
        return outOfRange ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    private static bool IsInRange(long ticks)
        => ticks >= new DateTime(FirstYear, 1, 1).Ticks && ticks < new DateTime(LastYear + 1, 1, 1).Ticks;

    /// <summary>Ticks, not a date: a year 1 with an offset to the east would lie before what a date can hold.</summary>
    private static long? Iso(string text)
    {
        var (rest, offset) = SplitOffset(text);
        var point = rest.AsSpan().IndexOfAny('.', ',');
        var fraction = 0L;
        if (point >= 0)
        {
            if (ParseFraction(rest.AsSpan(point + 1)) is not { } ticks)
            {
                return null;
            }

            (rest, fraction) = (rest[..point], ticks);
        }

        return offset is { } ahead
            && DateTime.TryParseExact(rest, IsoForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
                ? local.Ticks + fraction - ahead.Ticks
                : null;
    }

    private static (string Local, TimeSpan? Offset) SplitOffset(string text)
    {
        if (text.EndsWith('Z') || text.EndsWith('z'))
        {
            return (text[..^1], TimeSpan.Zero);
        }

        var time = text.IndexOf(':', StringComparison.Ordinal); // A sign before the first colon belongs to the date.
        var sign = time < 0 ? -1 : text.AsSpan(time).LastIndexOfAny('+', '-');
        if (sign < 0)
        {
            return (text, TimeSpan.Zero);
        }

        var digits = text[(time + sign + 1)..].Replace(":", "", StringComparison.Ordinal);
        var valid = digits.Length is 2 or 4 && digits.All(char.IsAsciiDigit);
        var minutes = valid ? (int.Parse(digits[..2]) * 60) + (digits.Length == 4 ? int.Parse(digits[2..]) : 0) : 0;
        return valid && minutes <= 14 * 60
            ? (text[..(time + sign)], TimeSpan.FromMinutes(text[time + sign] == '-' ? -minutes : minutes))
            : (text, null);
    }

    private static long? ParseFraction(ReadOnlySpan<char> digits)
    {
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        var ticks = 0L;
        for (var place = 0; place < 7; place++)
        {
            ticks = (ticks * 10) + (place < digits.Length ? digits[place] - '0' : 0);
        }

        return ticks;
    }

    private static long? Rfc1123(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal); // The weekday says nothing that the date doesn't.
        return DateTime.TryParseExact(
            text[(comma + 1)..].Trim(), Rfc1123Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? time.Ticks
                : null;
    }

    private static long? Epoch(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || Math.Abs(number) >= EarliestMilliseconds * 1e9m)
        {
            return null;
        }

        var size = Math.Abs(number);
        var ticksEach = size < EarliestMilliseconds ? 1e7m
            : size < EarliestMilliseconds * 1e3m ? 1e4m
            : size < EarliestMilliseconds * 1e6m ? 10m
            : 0.01m;
        return DateTime.UnixEpoch.Ticks + (long)(number * ticksEach);
    }
}
