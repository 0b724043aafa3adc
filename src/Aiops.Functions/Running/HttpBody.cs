using System.Text;
using Amazon.Lambda.APIGatewayEvents;

namespace Aiops.Functions.Running;

/// <summary>A request's body as it was sent: API Gateway passes on as base64 what isn't text by its content type.</summary>
internal static class HttpBody
{
    public static byte[] Of(APIGatewayHttpApiV2ProxyRequest request)
        => request.IsBase64Encoded ? Convert.FromBase64String(request.Body ?? "") : Encoding.UTF8.GetBytes(request.Body ?? "");

    public static string TextOf(APIGatewayHttpApiV2ProxyRequest request) => Encoding.UTF8.GetString(Of(request));
}
