using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// An exception as Lambda returns it to callers: <c>errorType</c> is the class's name without its namespace, which is what a
/// workflow's <c>Retry</c> matches.
/// </summary>
internal static class ExceptionJson
{
    private const int MaxBytes = 256 * 1024;
    private const string TooLong = """{"errorMessage": "Exception exceeded maximum payload size of 256KB."}""";
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Exception exception)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            Write(writer, exception);
        return buffer.WrittenCount <= MaxBytes ? Encoding.UTF8.GetString(buffer.WrittenSpan) : TooLong;
    }

    private static void Write(Utf8JsonWriter writer, Exception exception)
    {
        writer.WriteStartObject();
        writer.WriteString("errorType", exception.GetType().Name);
        writer.WriteString("errorMessage", exception.Message);
        var frames = Frames(exception);
        if (frames.Length > 0)
        {
            writer.WriteStartArray("stackTrace");
            foreach (var frame in frames)
                writer.WriteStringValue(frame);
            writer.WriteEndArray();
        }

        if (exception.InnerException is { } inner)
        {
            writer.WritePropertyName("cause");
            Write(writer, inner);
        }

        if (exception is AggregateException { InnerExceptions: { Count: > 0 } many })
        {
            writer.WriteStartArray("causes");
            foreach (var one in many)
                Write(writer, one);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static string[] Frames(Exception exception) => string.IsNullOrEmpty(exception.StackTrace)
        ? []
        : new StackTrace(exception, true).ToString()
            .Split(Environment.NewLine, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
