using System.Text.Json.Serialization;

namespace Aiops.Aws.Wire.CloudFormation;

/// <summary>AWS CloudFormation.</summary>
internal static class StacksWire
{
    public static WireService Service { get; } = new("CloudFormation", "cloudformation", "2010-05-15", WireProtocol.Query);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DescribeStacksRequest))]
[JsonSerializable(typeof(DescribeStacksResponse))]
internal sealed partial class StacksJson : JsonSerializerContext;
