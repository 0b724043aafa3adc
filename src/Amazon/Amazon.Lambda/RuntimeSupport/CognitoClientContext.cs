using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

internal sealed record CognitoClientContext(
    IDictionary<string, string> Environment, IClientApplication Client, IDictionary<string, string> Custom) : IClientContext
{
    /// <summary>A context of nulls where there is no JSON.</summary>
    public static CognitoClientContext FromJson(string json)
    {
        if (string.IsNullOrWhiteSpace(json))
            return new CognitoClientContext(null, null, null);
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new CognitoClientContext(
            Texts(root, "env"),
            root.TryGetProperty("client", out var client) ? Application.From(client) : null,
            Texts(root, "custom"));
    }

    private static Dictionary<string, string> Texts(JsonElement root, string name) => root.TryGetProperty(name, out var element)
        ? element.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.ToString())
        : null;

    private sealed record Application(
        string AppPackageName, string AppTitle, string AppVersionCode, string AppVersionName, string InstallationId) : IClientApplication
    {
        public static Application From(JsonElement client) => new(
            CognitoIdentity.Text(client, "app_package_name"),
            CognitoIdentity.Text(client, "app_title"),
            CognitoIdentity.Text(client, "app_version_code"),
            CognitoIdentity.Text(client, "app_version_name"),
            CognitoIdentity.Text(client, "installation_id"));
    }
}
