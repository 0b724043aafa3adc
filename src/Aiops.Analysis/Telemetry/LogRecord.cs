namespace Aiops.Analysis.Telemetry;

/// <summary>One log line on its way past: a view over the reader's buffer, valid only while the sink runs.</summary>
public readonly ref struct LogRecord(
    long unixNanoseconds, string component, string severity, ReadOnlySpan<char> body, ReadOnlySpan<char> traceId)
{
    /// <summary>When it was written, by the writer's clock.</summary>
    public long UnixNanoseconds { get; } = unixNanoseconds;

    /// <summary>OTel <c>service.name</c>.</summary>
    public string Component { get; } = component;

    /// <summary>OTel severity text in upper case (<c>INFO</c>, <c>ERROR</c>); empty when unknown.</summary>
    public string Severity { get; } = severity;

    /// <summary>The message, without its line end.</summary>
    public ReadOnlySpan<char> Body { get; } = body;

    /// <summary>Hexadecimal; empty when the line belongs to no trace.</summary>
    public ReadOnlySpan<char> TraceId { get; } = traceId;
}

/// <summary>Takes log lines one by one; must copy what it keeps.</summary>
public delegate void LogSink(in LogRecord record);
