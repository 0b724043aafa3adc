namespace Aiops.Analysis.LogPatterns;

/// <summary>What severity texts mean, by the words of OpenTelemetry, syslog and common logging libraries; upper case.</summary>
public static class LogSeverity
{
    public static bool IsError(string severity)
        => severity is "ERROR" or "FATAL" or "CRITICAL" or "SEVERE" or "EMERGENCY" or "ALERT" or "PANIC";

    public static bool IsWarning(string severity) => severity is "WARN" or "WARNING";
}
