using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Act;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ActionAllowList))]
[JsonSerializable(typeof(ActionRequest))]
[JsonSerializable(typeof(ActionLogEntry))]
[JsonSerializable(typeof(ActInput))]
[JsonSerializable(typeof(ActOutput))]
public sealed partial class ActJson : JsonSerializerContext;
