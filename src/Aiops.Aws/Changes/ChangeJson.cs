using System.Text.Json;

namespace Aiops.Aws.Changes;

/// <summary>Reading JSON that others wrote, where anything may be absent.</summary>
internal static class ChangeJson
{
    public static JsonElement? Part(this JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    /// <summary>Its text, or nothing.</summary>
    public static string Said(this JsonElement element, string name)
        => element.Part(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";

    public static bool Is(this JsonElement element, string name)
        => element.Part(name) is { } value
            && (value.ValueKind == JsonValueKind.True || value.ValueKind == JsonValueKind.String && value.GetString() == "true");
}
