using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Recommend;

/// <summary>Find actions for the hypotheses of the round.</summary>
/// <param name="Round">1 for the first analysis; a changed incident comes round again.</param>
public sealed record RecommendInput(string IncidentId, int Round);

/// <param name="Count">How many recommendations there are; none is an ordinary answer.</param>
/// <param name="Key">Where they are stored.</param>
public sealed record RecommendOutput(int Count, string Key);

/// <summary>The stored form of recommendations: camel case, enumerations by name, what is null left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecommendInput))]
[JsonSerializable(typeof(RecommendOutput))]
[JsonSerializable(typeof(IReadOnlyList<Recommendation>))]
public sealed partial class RecommendJson : JsonSerializerContext;
