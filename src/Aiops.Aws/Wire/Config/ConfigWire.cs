using System.Text.Json.Serialization;
using Aiops.Aws.Wire.Protocols;

namespace Aiops.Aws.Wire.Config;

/// <summary>AWS Config.</summary>
internal static class ConfigWire
{
    public static WireService Service { get; } = new(
        "Config Service", "config", "2014-11-12", WireProtocol.Json11, "StarlingDoveService");
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(EpochSeconds)])]
[JsonSerializable(typeof(SelectResourceConfigRequest))]
[JsonSerializable(typeof(SelectResourceConfigResponse))]
internal sealed partial class ConfigJson : JsonSerializerContext;
