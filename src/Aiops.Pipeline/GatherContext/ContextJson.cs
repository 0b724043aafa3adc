using System.Text.Json;
using System.Text.Json.Serialization;
using Aiops.Analysis.Topology;

namespace Aiops.Pipeline.GatherContext;

/// <summary>The stored form of a part: camel case, enumerations by name, no white space, what is null left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(ServiceGraphConverter)])]
[JsonSerializable(typeof(ContextPart))]
[JsonSerializable(typeof(GatherContextInput))]
[JsonSerializable(typeof(GatherContextOutput))]
[JsonSerializable(typeof(ServiceGraph))]
[JsonSerializable(typeof(ServiceGraphConverter.Form))]
public sealed partial class ContextJson : JsonSerializerContext;

/// <summary>A graph as its components and calls, in ordinal order.</summary>
public sealed class ServiceGraphConverter : JsonConverter<ServiceGraph>
{
    public override ServiceGraph Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var form = JsonSerializer.Deserialize(ref reader, ContextJson.Default.Form);
        return form is null ? ServiceGraph.Empty : new ServiceGraph(form.Components, form.Calls);
    }

    public override void Write(Utf8JsonWriter writer, ServiceGraph value, JsonSerializerOptions options)
        => JsonSerializer.Serialize(writer, new Form([.. value.Components], [.. value.Calls]), ContextJson.Default.Form);

    public sealed record Form(IReadOnlyList<Component> Components, IReadOnlyList<Call> Calls);
}
