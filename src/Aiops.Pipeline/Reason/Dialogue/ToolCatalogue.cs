using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Aiops.Pipeline.Reason.Dialogue;

/// <summary>The tools that a model is offered. Each reads; there is none that writes.</summary>
internal static class ToolCatalogue
{
    public const string Metrics = "query_metrics";
    public const string Logs = "query_logs";
    public const string Traces = "query_traces";
    public const string Topology = "query_topology";
    public const string Changes = "query_changes";
    public const string Knowledge = "search_knowledge";

    public static IReadOnlyList<AITool> All { get; } =
    [
        Tool(Metrics, "The metrics of one component: usual value, range during the incident, newest value.", ("component", true), ("metric", false)),
        Tool(Logs, "How the log patterns of a component moved; \"contains\" keeps patterns with those words.", ("component", true), ("contains", false)),
        Tool(Traces, "The operations of one component: calls, durations and failures before and during the incident.", ("component", true)),
        Tool(Topology, "Which components one component calls, and which call it.", ("component", true)),
        Tool(Changes, "What was changed in one component, the newest first.", ("component", true)),
        Tool(Knowledge, "Runbooks, post-mortems and reviewed incidents that hold the words.", ("words", true)),
    ];

    private static AIFunctionDeclaration Tool(string name, string description, params (string Name, bool Required)[] parameters)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            foreach (var (parameter, _) in parameters)
            {
                json.WriteStartObject(parameter);
                json.WriteString("type", "string");
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteStartArray("required");
            foreach (var (parameter, _) in parameters.Where(one => one.Required))
            {
                json.WriteStringValue(parameter);
            }

            json.WriteEndArray();
            json.WriteBoolean("additionalProperties", false);
            json.WriteEndObject();
        }

        using var schema = JsonDocument.Parse(stream.ToArray());
        return AIFunctionFactory.CreateDeclaration(name, description, schema.RootElement.Clone());
    }
}
