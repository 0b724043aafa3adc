using System.Text.Json;

namespace Aiops.Functions.Running;

/// <summary>
/// Lines of JSON to standard output, where CloudWatch Logs takes them. Written at once: Lambda freezes an environment between
/// invocations, and what waits in a queue then comes hours late or never.
/// </summary>
public sealed class FunctionOutput(Stream stream)
{
    private readonly Lock gate = new();

    public void WriteLine(Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        lock (gate)
        {
            line.WriteTo(stream);
            stream.Flush();
        }
    }
}
