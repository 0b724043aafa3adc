using System.Text.Json.Serialization;
using Aiops.Aws.Wire.Protocols;

namespace Aiops.Aws.Wire.CloudWatch;

/// <summary>
/// Amazon CloudWatch metrics and alarms. The published models name Query among its protocols: the one that every emulator
/// speaks.
/// </summary>
internal static class CloudWatchWire
{
    public static WireService Service { get; } = new("CloudWatch", "monitoring", "2010-08-01", WireProtocol.Query);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(IsoTime)])]
[JsonSerializable(typeof(GetMetricDataRequest))]
[JsonSerializable(typeof(GetMetricDataResponse))]
[JsonSerializable(typeof(DescribeAlarmsRequest))]
[JsonSerializable(typeof(DescribeAlarmsResponse))]
[JsonSerializable(typeof(DescribeAlarmContributorsRequest))]
[JsonSerializable(typeof(DescribeAlarmContributorsResponse))]
internal sealed partial class CloudWatchJson : JsonSerializerContext;
