using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An exception as X-Ray shows it, on one line, for a header.</summary>
internal static class XRayCause
{
    public static string Of(Exception exception)
    {
        var frames = new StackTrace(exception, true).GetFrames();
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("working_directory", Directory.GetCurrentDirectory());
            writer.WriteStartArray("exceptions");
            writer.WriteStartObject();
            writer.WriteString("type", exception.GetType().Name);
            writer.WriteString("message", exception.Message);
            if (frames.Length > 0)
                WriteStack(writer, frames);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteStartArray("paths");
            foreach (var path in frames.Select(frame => frame.GetFileName()).OfType<string>().Distinct(StringComparer.Ordinal))
                writer.WriteStringValue(path);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A trimmed method's name is left out, which is all.")]
    private static void WriteStack(Utf8JsonWriter writer, StackFrame[] frames)
    {
        writer.WriteStartArray("stack");
        foreach (var frame in frames)
        {
            writer.WriteStartObject();
            if (frame.GetFileName() is { } path)
            {
                writer.WriteString("path", path);
                writer.WriteNumber("line", frame.GetFileLineNumber());
            }

            if (frame.GetMethod() is { } method)
                writer.WriteString("label", method.DeclaringType == null ? method.Name : $"{method.DeclaringType.Name}.{method.Name}");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
