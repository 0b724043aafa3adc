using System.Text.Json.Serialization;

namespace Aiops.Aws.Wire.Logs;

/// <summary>Amazon CloudWatch Logs. Its times are milliseconds since 1970, but for StartQuery's.</summary>
internal static class LogsWire
{
    public static WireService Service { get; } = new(
        "CloudWatch Logs", "logs", "2014-03-28", WireProtocol.Json11, "Logs_20140328");
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StartQueryRequest))]
[JsonSerializable(typeof(StartQueryResponse))]
[JsonSerializable(typeof(GetQueryResultsRequest))]
[JsonSerializable(typeof(GetQueryResultsResponse))]
[JsonSerializable(typeof(StopQueryRequest))]
[JsonSerializable(typeof(StopQueryResponse))]
[JsonSerializable(typeof(FilterLogEventsRequest))]
[JsonSerializable(typeof(FilterLogEventsResponse))]
[JsonSerializable(typeof(DescribeLogGroupsRequest))]
[JsonSerializable(typeof(DescribeLogGroupsResponse))]
[JsonSerializable(typeof(ListAnomaliesRequest))]
[JsonSerializable(typeof(ListAnomaliesResponse))]
internal sealed partial class LogsJson : JsonSerializerContext;
