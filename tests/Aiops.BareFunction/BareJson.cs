using System.Text.Json.Serialization;
using Amazon.Lambda.SQSEvents;

namespace Aiops.BareFunction;

[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
internal sealed partial class BareJson : JsonSerializerContext;
