using System.Text.Json.Serialization;

namespace Aiops.Pipeline.FindRootCause;

/// <summary>The stored form of a diagnosis: camel case, enumerations by name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Diagnosis))]
[JsonSerializable(typeof(FindRootCauseInput))]
[JsonSerializable(typeof(FindRootCauseOutput))]
public sealed partial class DiagnosisJson : JsonSerializerContext;
