namespace Aiops.Local.Import;

/// <summary>Finds the level that a logger wrote at the beginning of a line.</summary>
internal static class LogLevels
{
    private const int Within = 64; // Characters: behind a time, a thread and a logger at most.

    private static readonly string[] Known = ["TRACE", "DEBUG", "INFO", "WARN", "WARNING", "ERROR", "FATAL", "CRITICAL", "SEVERE"];

    /// <summary>The first word that is a level in capitals; empty when there is none.</summary>
    public static string Find(ReadOnlySpan<char> line)
    {
        line = line[..Math.Min(line.Length, Within)];
        for (var i = 0; i < line.Length; i++)
        {
            if (!char.IsAsciiLetterUpper(line[i]) || (i > 0 && char.IsAsciiLetterOrDigit(line[i - 1])))
            {
                continue;
            }

            var end = i;
            while (end < line.Length && char.IsAsciiLetterOrDigit(line[end]))
            {
                end++;
            }

            foreach (var level in Known)
            {
                if (line[i..end].SequenceEqual(level))
                {
                    return level;
                }
            }

            i = end;
        }

        return "";
    }
}
