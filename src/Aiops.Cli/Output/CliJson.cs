using System.Text.Json.Serialization;
using Aiops.Cli.Commands;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Queue;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Documents;

namespace Aiops.Cli.Output;

/// <summary>What <c>--json</c> prints: camel case, enumerations by name, indented.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(HandledEvent))]
[JsonSerializable(typeof(QueueStatus))]
[JsonSerializable(typeof(IReadOnlyList<DeadLetter>))]
[JsonSerializable(typeof(List<ImportedLine>))]
[JsonSerializable(typeof(List<ReplayedRecording>))]
[JsonSerializable(typeof(List<IncidentLine>))]
[JsonSerializable(typeof(ShownIncident))]
[JsonSerializable(typeof(IReadOnlyList<TriggerDecision>))]
[JsonSerializable(typeof(List<Diagnostic>))]
[JsonSerializable(typeof(DeployCheck))]
[JsonSerializable(typeof(List<CaseRecord>))]
[JsonSerializable(typeof(List<DocumentRecord>))]
[JsonSerializable(typeof(List<KnowledgeHitLine>))]
internal sealed partial class CliJson : JsonSerializerContext;
