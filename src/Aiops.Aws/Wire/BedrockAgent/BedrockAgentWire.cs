using System.Text.Json.Serialization;

namespace Aiops.Aws.Wire.BedrockAgent;

/// <summary>Amazon Bedrock's knowledge bases, their making.</summary>
internal static class BedrockAgentWire
{
    public static WireService Service { get; } = new("Bedrock Agent", "bedrock-agent", "2023-06-05", WireProtocol.RestJson)
    {
        SigningName = "bedrock",
    };
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StartIngestionJobRequest))]
[JsonSerializable(typeof(StartIngestionJobResponse))]
internal sealed partial class BedrockAgentJson : JsonSerializerContext;
