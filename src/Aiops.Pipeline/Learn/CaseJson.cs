using System.Text.Json;
using System.Text.Json.Serialization;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn.Documents;

namespace Aiops.Pipeline.Learn;

/// <summary>The stored form of what is known: camel case, enumerations by name, nothing that is null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PastCase))]
[JsonSerializable(typeof(KnowledgeDocument))]
[JsonSerializable(typeof(KnowledgeChange))]
[JsonSerializable(typeof(SuspectSignature))]
public sealed partial class CaseJson : JsonSerializerContext
{
    /// <summary>Whether two cases are stored as the same: records that hold lists don't compare by them.</summary>
    public static bool Same(PastCase one, PastCase other)
        => JsonSerializer.SerializeToUtf8Bytes(one, Default.PastCase).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, Default.PastCase));
}
