namespace Aiops.Local.Recordings.Reading;

/// <summary>
/// Severities as OpenTelemetry names them, whatever a logger calls its levels: TRACE, DEBUG, INFO, WARN, ERROR, FATAL, or
/// the logger's own word in upper case. Numbers are OpenTelemetry's 1 to 24.
/// </summary>
internal sealed class Severities
{
    private static readonly string[] ByNumber = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);

    public string Normal(string word)
    {
        if (word.Length == 0)
        {
            return "";
        }

        if (!known.TryGetValue(word, out var severity))
        {
            severity = Find(word.Trim().ToUpperInvariant());
            if (known.Count < 1_000) // A column mistaken for the severity must not fill the memory.
            {
                known[word] = severity;
            }
        }

        return severity;
    }

    /// <summary>The name of OpenTelemetry's severity number; empty outside 1 to 24.</summary>
    public static string Of(int number) => number is >= 1 and <= 24 ? ByNumber[(number - 1) / 4] : "";

    private static string Find(string upper) => upper switch
    {
        "WARNING" or "WRN" or "W" => "WARN",
        "ERR" or "E" or "SEVERE" => "ERROR",
        "CRITICAL" or "CRIT" or "EMERG" or "EMERGENCY" or "ALERT" or "PANIC" or "F" => "FATAL",
        "INFORMATION" or "INFORMATIONAL" or "NOTICE" or "INF" or "I" => "INFO",
        "DBG" or "D" or "FINE" => "DEBUG",
        "VERBOSE" or "FINER" or "FINEST" or "T" => "TRACE",
        _ => int.TryParse(upper, out var number) ? Of(number) : upper,
    };
}
