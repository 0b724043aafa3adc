using Aiops.Analysis.Telemetry;

namespace Aiops.Local.Recordings.Writing;

/// <summary>The <c>spans</c> of a recording being written.</summary>
public sealed class SpanFile : JsonLinesFile
{
    internal SpanFile(Stream stream)
        : base(stream)
    {
    }

    public void Write(in Span span)
    {
        Json.WriteStartObject();
        Json.WriteString("traceId", span.TraceId);
        Json.WriteString("spanId", span.SpanId);
        WriteText("parentSpanId", span.ParentSpanId);
        Json.WriteString("component", span.Component);
        Json.WriteString("operation", span.Operation);
        WriteTime("start", span.StartUnixNanoseconds);
        WriteTime("end", span.EndUnixNanoseconds);
        if (span.Failed)
        {
            Json.WriteString("status", "ERROR");
        }

        Json.WriteEndObject();
        EndLine();
    }
}
