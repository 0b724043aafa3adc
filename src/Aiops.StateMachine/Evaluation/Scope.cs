using System.Text.Json;
using Aiops.StateMachine.Paths;

namespace Aiops.StateMachine.Evaluation;

/// <summary>Where a state runs: its strand, and the strands around it, whose variables and map item it sees.</summary>
internal sealed record Scope(Scope? Outer, Strand Strand, ExecutionState Run, Random Random)
{
    public Scope Inside(Strand strand) => new(this, strand, Run, Random);

    public Scope With(Strand strand) => this with { Strand = strand };

    /// <param name="item">The item at hand while a Map selects its iterations' inputs.</param>
    public DataScope Data(JsonElement input, string? token = null, MapItem? item = null)
        => new(input, () => ContextObject(token, item), Variable, Random);

    private JsonElement? Variable(string name)
        => Strand.Variables.TryGetValue(name, out var value) ? value : Outer?.Variable(name);

    private MapItem? Item() => Strand.Item ?? Outer?.Item();

    private JsonElement ContextObject(string? token, MapItem? item) => Json.Build(writer =>
    {
        var execution = Run.Execution;
        writer.WriteStartObject();
        writer.WriteStartObject("Execution");
        writer.WriteString("Id", execution.ExecutionId);
        writer.WritePropertyName("Input");
        execution.Input.WriteTo(writer);
        writer.WriteString("Name", execution.Name);
        if (execution.RoleArn is { } role)
        {
            writer.WriteString("RoleArn", role);
        }

        writer.WriteString("StartTime", Timestamp.Format(Run.StartedAt));
        writer.WriteNumber("RedriveCount", 0);
        writer.WriteEndObject();
        writer.WriteStartObject("State");
        writer.WriteString("EnteredTime", Timestamp.Format(Strand.EnteredAt));
        writer.WriteString("Name", Strand.StateName);
        writer.WriteNumber("RetryCount", Strand.RetryCount);
        writer.WriteEndObject();
        writer.WriteStartObject("StateMachine");
        writer.WriteString("Id", execution.StateMachineId);
        writer.WriteString("Name", execution.StateMachineName);
        writer.WriteEndObject();
        if (token is not null)
        {
            writer.WriteStartObject("Task");
            writer.WriteString("Token", token);
            writer.WriteEndObject();
        }

        if ((item ?? Item()) is { } current)
        {
            writer.WriteStartObject("Map");
            writer.WriteStartObject("Item");
            writer.WriteNumber("Index", current.Index);
            writer.WritePropertyName("Value");
            current.Value.WriteTo(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });
}
