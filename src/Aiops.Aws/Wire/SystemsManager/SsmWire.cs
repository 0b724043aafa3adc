using System.Text.Json.Serialization;
using Aiops.Aws.Wire.Protocols;

namespace Aiops.Aws.Wire.SystemsManager;

/// <summary>AWS Systems Manager.</summary>
internal static class SsmWire
{
    public static WireService Service { get; } = new("SSM", "ssm", "2014-11-06", WireProtocol.Json11, "AmazonSSM");
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(EpochSeconds)])]
[JsonSerializable(typeof(GetParametersRequest))]
[JsonSerializable(typeof(GetParametersResponse))]
[JsonSerializable(typeof(CreateOpsItemRequest))]
[JsonSerializable(typeof(CreateOpsItemResponse))]
[JsonSerializable(typeof(UpdateOpsItemRequest))]
[JsonSerializable(typeof(UpdateOpsItemResponse))]
[JsonSerializable(typeof(GetOpsItemRequest))]
[JsonSerializable(typeof(GetOpsItemResponse))]
[JsonSerializable(typeof(DescribeOpsItemsRequest))]
[JsonSerializable(typeof(DescribeOpsItemsResponse))]
internal sealed partial class SsmJson : JsonSerializerContext;
