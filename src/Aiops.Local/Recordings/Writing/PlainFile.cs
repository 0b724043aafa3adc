using System.Text.Json;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Local.Recordings.Writing;

/// <summary>The small parts of a recording being written, a method a kind of line.</summary>
internal sealed class PlainFile(Stream stream) : JsonLinesFile(stream)
{
    public void Write(RecordedEvent one)
    {
        Json.WriteStartObject();
        if (one.ReceivedAt is { } received)
        {
            WriteTime("receivedAt", received);
        }

        Json.WritePropertyName("body");
        try
        {
            using var body = JsonDocument.Parse(one.Body);
            body.RootElement.WriteTo(Json);
        }
        catch (JsonException) // Kept as text: what isn't JSON must reach intake as it came.
        {
            Json.WriteStringValue(one.Body.Span);
        }

        Json.WriteEndObject();
        EndLine();
    }

    public void Write(Change change)
    {
        Json.WriteStartObject();
        WriteTime("time", change.At);
        WriteText("component", change.Component);
        Json.WriteString("kind", change.Kind.ToString().ToLowerInvariant());
        Json.WriteString("summary", change.Summary);
        WriteText("actor", change.Actor);
        WriteText("reference", change.Reference);
        Json.WriteEndObject();
        EndLine();
    }

    public void Write(Component component)
    {
        Json.WriteStartObject();
        Json.WriteString("component", component.Name);
        WriteText("type", component.Type);
        Json.WriteEndObject();
        EndLine();
    }

    public void Write(Call call)
    {
        Json.WriteStartObject();
        Json.WriteString("caller", call.Caller);
        Json.WriteString("callee", call.Callee);
        Json.WriteEndObject();
        EndLine();
    }

    public void Write(ObjectiveBudget objective)
    {
        Json.WriteStartObject();
        Json.WriteString("name", objective.Name);
        WriteText("component", objective.Component);
        Json.WriteNumber("goal", objective.Goal);
        Json.WriteNumber("remaining", objective.Remaining);
        Json.WriteEndObject();
        EndLine();
    }

    public void Write(RecordedCase one)
    {
        Json.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(one, RecordingLineJson.Default.RecordedCase));
        EndLine();
    }
}
