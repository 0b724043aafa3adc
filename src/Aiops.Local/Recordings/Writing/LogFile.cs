using Aiops.Analysis.Telemetry;

namespace Aiops.Local.Recordings.Writing;

/// <summary>The <c>logs</c> of a recording being written.</summary>
public sealed class LogFile : JsonLinesFile
{
    internal LogFile(Stream stream)
        : base(stream)
    {
    }

    public void Write(in LogRecord record)
    {
        Json.WriteStartObject();
        WriteTime("time", record.UnixNanoseconds);
        Json.WriteString("component", record.Component);
        WriteText("severity", record.Severity);
        Json.WriteString("body", record.Body);
        WriteText("traceId", record.TraceId);
        Json.WriteEndObject();
        EndLine();
    }
}
