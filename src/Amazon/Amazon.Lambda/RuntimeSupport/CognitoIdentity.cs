using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

internal sealed record CognitoIdentity(string IdentityId, string IdentityPoolId) : ICognitoIdentity
{
    /// <summary>An identity without ids where there is no JSON.</summary>
    public static CognitoIdentity FromJson(string json)
    {
        if (string.IsNullOrWhiteSpace(json))
            return new CognitoIdentity(null, null);
        using var document = JsonDocument.Parse(json);
        return new CognitoIdentity(Text(document.RootElement, "cognitoIdentityId"), Text(document.RootElement, "cognitoIdentityPoolId"));
    }

    internal static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
