using System.Text.RegularExpressions;

namespace Aiops.Console.Tests;

/// <summary>Forms, filled in by a program.</summary>
internal static class Forms
{
    /// <summary>The token that a page's forms must bring back.</summary>
    public static async Task<string> TokenAsync(this HttpClient client, string path)
        => Regex.Match(await client.GetStringAsync(path), "name=\"form-token\" value=\"([^\"]+)\"").Groups[1].Value is { Length: > 0 } token
            ? token
            : throw new InvalidOperationException($"{path} has no form");

    public static Task<HttpResponseMessage> PostAsync(this HttpClient client, string path, string? token, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(
                [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), .. token is null ? Array.Empty<KeyValuePair<string, string>>() : [KeyValuePair.Create("form-token", token)]]),
        };
        return client.SendAsync(request);
    }
}
