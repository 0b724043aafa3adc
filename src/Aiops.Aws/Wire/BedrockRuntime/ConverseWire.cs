using System.Text.Json.Serialization;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Aws.Wire.BedrockRuntime;

/// <summary>Amazon Bedrock's models.</summary>
internal static class ConverseWire
{
    public static WireService Service { get; } = new("Bedrock Runtime", "bedrock-runtime", "2023-09-30", WireProtocol.RestJson)
    {
        SigningName = "bedrock",
        Thinks = TimeSpan.FromSeconds(50), // A model writes its whole answer first.
        MaxAttempts = 1, // Whoever asks counts what each request costs.
        MostBytes = BoundedAnswers.MostBytes,
    };
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ConverseRequest))]
[JsonSerializable(typeof(ConverseResponse))]
internal sealed partial class ConverseJson : JsonSerializerContext;
