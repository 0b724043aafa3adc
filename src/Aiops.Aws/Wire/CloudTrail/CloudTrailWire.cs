using System.Text.Json.Serialization;
using Aiops.Aws.Wire.Protocols;

namespace Aiops.Aws.Wire.CloudTrail;

/// <summary>AWS CloudTrail.</summary>
internal static class CloudTrailWire
{
    public static WireService Service { get; } = new(
        "CloudTrail", "cloudtrail", "2013-11-01", WireProtocol.Json11, "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101");
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(EpochSeconds)])]
[JsonSerializable(typeof(LookupEventsRequest))]
[JsonSerializable(typeof(LookupEventsResponse))]
internal sealed partial class CloudTrailJson : JsonSerializerContext;
