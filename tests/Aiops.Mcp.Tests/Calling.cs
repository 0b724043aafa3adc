using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Aiops.Mcp.Tests;

/// <summary>Calls as tests write them.</summary>
internal static class Calling
{
    public static async Task<JsonElement> AskAsync(this McpClient client, string tool, params (string Name, object Value)[] arguments)
    {
        var result = await client.TryAsync(tool, arguments);
        result.IsError.ShouldNotBe(true, result.Text());
        return result.StructuredContent.ShouldNotBeNull();
    }

    public static async Task<string> RefusedAsync(this McpClient client, string tool, params (string Name, object Value)[] arguments)
    {
        var result = await client.TryAsync(tool, arguments);
        result.IsError.ShouldBe(true);
        return result.Text();
    }

    public static async Task<CallToolResult> TryAsync(this McpClient client, string tool, params (string Name, object Value)[] arguments)
        => await client.CallToolAsync(tool, arguments.ToDictionary(one => one.Name, one => (object?)one.Value));

    public static string Text(this CallToolResult result) => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text));

    public static JsonElement At(this JsonElement element, params object[] path)
        => path.Aggregate(element, (at, step) => step is int index ? at[index] : at.GetProperty((string)step));
}
