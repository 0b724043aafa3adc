using System.Text.Json.Nodes;
using Amazon.Lambda.Annotations.APIGateway;

namespace Aiops.Aws.Tests.Functions;

/// <summary>An answer as API Gateway takes it from the function.</summary>
internal sealed record HttpAnswer(int Status, JsonNode? Body)
{
    public static HttpAnswer Of(IHttpResult result)
    {
        using var stream = result.Serialize(new HttpResultSerializationOptions
        {
            Format = HttpResultSerializationOptions.ProtocolFormat.HttpApi,
            Version = HttpResultSerializationOptions.ProtocolVersion.V2,
        });
        var response = JsonNode.Parse(stream)!;
        return new HttpAnswer((int)response["statusCode"]!, (string?)response["body"] is { Length: > 0 } body ? JsonNode.Parse(body) : null);
    }
}
