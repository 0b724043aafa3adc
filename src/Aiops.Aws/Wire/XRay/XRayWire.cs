using System.Text.Json.Serialization;
using Aiops.Aws.Wire.Protocols;

namespace Aiops.Aws.Wire.XRay;

/// <summary>AWS X-Ray.</summary>
internal static class XRayWire
{
    public static WireService Service { get; } = new("XRay", "xray", "2016-04-12", WireProtocol.RestJson);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(EpochSeconds)])]
[JsonSerializable(typeof(GetServiceGraphRequest))]
[JsonSerializable(typeof(GetServiceGraphResponse))]
[JsonSerializable(typeof(GetTraceSummariesRequest))]
[JsonSerializable(typeof(GetTraceSummariesResponse))]
[JsonSerializable(typeof(BatchGetTracesRequest))]
[JsonSerializable(typeof(BatchGetTracesResponse))]
internal sealed partial class XRayJson : JsonSerializerContext;
