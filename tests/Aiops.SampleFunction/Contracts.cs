using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.SQSEvents;

namespace Aiops.SampleFunction;

public sealed record Asked(string Name, int Bytes = 0);

public sealed record Described(
    string Name, string RequestId, string Arn, double RemainingMilliseconds, string? TraceId, string? TraceVariable);

/// <summary>What a workflow retries by this name.</summary>
public sealed class StoreUnavailableException(string message, Exception inner) : Exception(message, inner);

[JsonSerializable(typeof(Asked))]
[JsonSerializable(typeof(Described))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
public sealed partial class SampleJson : JsonSerializerContext;
