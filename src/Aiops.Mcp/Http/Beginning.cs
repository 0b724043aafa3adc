using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Aiops.Mcp.Http;

/// <summary>The message that a session begins with.</summary>
internal static class Beginning
{
    private static readonly JsonTypeInfo<InitializeRequestParams> ParametersType
        = (JsonTypeInfo<InitializeRequestParams>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(InitializeRequestParams));

    public static bool Is(JsonRpcMessage message) => message is JsonRpcRequest { Method: RequestMethods.Initialize };

    /// <summary>One that can't be understood would leave a session that nobody can use. One in a version that isn't known is answered with our newest.</summary>
    public static Refusal? Refuses(JsonRpcMessage message)
    {
        if (message is not JsonRpcRequest { Method: RequestMethods.Initialize } request)
        {
            return null;
        }

        try
        {
            if (request.Params is JsonObject parameters && parameters.Deserialize(ParametersType) is { } understood)
            {
                if (!RequestChecks.Versions.Contains(understood.ProtocolVersion))
                {
                    parameters["protocolVersion"] = RequestChecks.Versions[^1];
                }

                return null;
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        return new Refusal(StatusCodes.Status400BadRequest, "initialize needs protocolVersion, capabilities and clientInfo.") { Code = Refusal.WrongParameters, Id = request.Id };
    }
}
