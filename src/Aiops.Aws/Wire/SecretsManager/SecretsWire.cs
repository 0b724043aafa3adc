using System.Text.Json.Serialization;
using Aiops.Aws.Wire.Protocols;

namespace Aiops.Aws.Wire.SecretsManager;

/// <summary>AWS Secrets Manager.</summary>
internal static class SecretsWire
{
    public static WireService Service { get; } = new(
        "Secrets Manager", "secretsmanager", "2017-10-17", WireProtocol.Json11, "secretsmanager");
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(EpochSeconds)])]
[JsonSerializable(typeof(GetSecretValueRequest))]
[JsonSerializable(typeof(GetSecretValueResponse))]
internal sealed partial class SecretsJson : JsonSerializerContext;
