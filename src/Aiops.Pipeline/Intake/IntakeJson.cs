using System.Text.Json.Serialization;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Pipeline.Intake;

/// <summary>How intake's records are written, in stores and by the command.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(Trigger))]
[JsonSerializable(typeof(TriggerDecision))]
[JsonSerializable(typeof(ScopeHead))]
[JsonSerializable(typeof(IncidentState))]
[JsonSerializable(typeof(SubjectRecord))]
[JsonSerializable(typeof(WorkflowInput))]
public sealed partial class IntakeJson : JsonSerializerContext;
