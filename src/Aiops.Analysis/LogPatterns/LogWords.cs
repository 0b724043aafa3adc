using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Aiops.Analysis.LogPatterns;

/// <summary>What a word is.</summary>
internal static class LogWords
{
    private const int LongestUnit = 7;

    private static readonly SearchValues<char> HexadecimalLetters = SearchValues.Create("abcdefABCDEF");

    /// <summary>Of time, size and frequency: they belong to the number before them.</summary>
    public static bool IsUnit(ReadOnlySpan<char> word)
    {
        if (word.Length > LongestUnit)
        {
            return false;
        }

        Span<char> lower = stackalloc char[LongestUnit];
        lower = lower[..word.ToLowerInvariant(lower)];
        return lower is "ns" or "us" or "ms" or "s" or "sec" or "secs" or "second" or "seconds"
            or "min" or "mins" or "minute" or "minutes" or "h" or "hour" or "hours" or "day" or "days"
            or "b" or "kb" or "mb" or "gb" or "tb" or "kib" or "mib" or "gib" or "tib"
            or "hz" or "khz" or "mhz" or "ghz";
    }

    /// <summary>A day's or a month's name, as stamps shorten it.</summary>
    public static bool IsDate(ReadOnlySpan<char> word) => word.Length == 3 && word is
        "Mon" or "Tue" or "Wed" or "Thu" or "Fri" or "Sat" or "Sun"
        or "Jan" or "Feb" or "Mar" or "Apr" or "May" or "Jun" or "Jul" or "Aug" or "Sep" or "Oct" or "Nov" or "Dec";

    /// <summary>Whether it looks like a name: parts joined to one, or hexadecimal by chance without a digit.</summary>
    /// <param name="seen">The classes of its characters.</param>
    public static bool IsIdentifier(ReadOnlySpan<char> word, int seen)
        => (seen & (LogCharacters.Slash | LogCharacters.Joint)) != 0
        || ((seen & LogCharacters.Dot) != 0 && word.Contains('.'))
        || (word.Length > 1 && !word.ContainsAnyExcept(HexadecimalLetters));

    /// <summary>Never 0; the same on every machine of one byte order, and kept by nobody beyond the process.</summary>
    public static ulong Hash(ReadOnlySpan<char> word)
    {
        const ulong Odd = 0x9E3779B97F4A7C15; // The golden ratio's.
        var hash = (ulong)word.Length;
        var blocks = MemoryMarshal.Cast<char, ulong>(word);
        foreach (var block in blocks)
        {
            hash = BitOperations.RotateLeft((hash ^ block) * Odd, 31);
        }

        foreach (var c in word[(4 * blocks.Length)..])
        {
            hash = BitOperations.RotateLeft((hash ^ c) * Odd, 31);
        }

        return Math.Max(1, Mixed(hash));
    }

    /// <summary>A word at its place; sums of these stand for whole messages.</summary>
    public static ulong At(int place, ulong word) => Mixed(word + ((ulong)(place + 1) * 0xD1B54A32D192ED03));

    private static ulong Mixed(ulong hash) // The finaliser of SplitMix64.
    {
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
