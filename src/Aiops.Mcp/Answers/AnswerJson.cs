using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Traces;

namespace Aiops.Mcp.Answers;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(IncidentList))]
[JsonSerializable(typeof(ReportAnswer))]
[JsonSerializable(typeof(ReplayAnswer))]
[JsonSerializable(typeof(SourceAnswer<MetricAnswer>))]
[JsonSerializable(typeof(SourceAnswer<LogAnswer>))]
[JsonSerializable(typeof(SourceAnswer<OperationShift>))]
[JsonSerializable(typeof(SourceAnswer<Change>))]
[JsonSerializable(typeof(SourceAnswer<TopologyAnswer>))]
[JsonSerializable(typeof(EvidenceAnswer))]
[JsonSerializable(typeof(SimilarAnswer))]
[JsonSerializable(typeof(FoundAnswer))]
[JsonSerializable(typeof(GroupingAnswer))]
[JsonSerializable(typeof(RecordingsAnswer))]
[JsonSerializable(typeof(ReviewAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
