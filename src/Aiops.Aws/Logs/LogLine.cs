using System.Text.Json;

namespace Aiops.Aws.Logs;

/// <summary>What a line says of itself: severity, message and trace. Lines of JSON name them; others begin with them.</summary>
internal readonly record struct LogLine(string Severity, string Body, string TraceId)
{
    private const int Head = 80; // Characters in which a text line tells its level.

    private static readonly string[] Levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
    private static readonly char[] Around = [' ', '\t', '[', ']', ':', '|', '(', ')', '"', '=', ','];

    public static LogLine Read(string message)
    {
        var text = message.TrimEnd('\r', '\n');
        return text.StartsWith('{') && FromJson(text) is { } structured ? structured : new LogLine(Level(text), text, "");
    }

    private static LogLine? FromJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            string? Find(params ReadOnlySpan<string> names)
            {
                foreach (var name in names)
                {
                    if (document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                    {
                        return value.GetString();
                    }
                }

                return null;
            }

            return new LogLine(
                Normal(Find("level", "severity", "severityText", "log.level", "lvl") ?? ""),
                Find("message", "msg", "body", "@message") ?? text,
                Find("traceId", "trace_id", "xrayTraceId", "xray_trace_id", "AWSXrayTraceId") ?? "");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Level(string text)
    {
        foreach (var word in text[..Math.Min(text.Length, Head)].Split(Around, StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.All(char.IsAsciiLetterUpper) && Normal(word) is var level && Levels.Contains(level))
            {
                return level;
            }
        }

        return text.Contains("Task timed out after", StringComparison.Ordinal) ? "ERROR" : ""; // How Lambda ends a function.
    }

    private static string Normal(string word) => word.ToUpperInvariant() switch
    {
        "WARNING" => "WARN",
        "INFORMATION" or "NOTICE" => "INFO",
        "CRITICAL" or "CRIT" or "EMERGENCY" or "ALERT" or "PANIC" => "FATAL",
        "SEVERE" or "ERR" => "ERROR",
        "VERBOSE" => "DEBUG",
        var other => other,
    };
}
