using System.Text.Json.Serialization;
using Aiops.Pipeline.Reason.Dialogue;

namespace Aiops.Pipeline.Reason;

/// <param name="Round">Which analysis a model is to explain.</param>
public sealed record ReasonInput(string IncidentId, int Round);

/// <param name="Status">Null where the host has no model: then nothing was written either.</param>
/// <param name="Calls">Calls made for this analysis; 0 where the answer was known.</param>
/// <param name="Tokens">Input and output of them together.</param>
/// <param name="MicroDollars">What they cost.</param>
public sealed record ReasonOutput(string IncidentId, ReasoningStatus? Status, string? Why = null, int Calls = 0, long Tokens = 0, long MicroDollars = 0);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReasonInput))]
[JsonSerializable(typeof(ReasonOutput))]
[JsonSerializable(typeof(Reasoning))]
[JsonSerializable(typeof(Transcript))]
[JsonSerializable(typeof(KnownAnswer))]
public sealed partial class ReasonJson : JsonSerializerContext;
