using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Aiops.Local.Models;

/// <summary>What of chat completions' request is used.</summary>
internal sealed record CompletionRequest
{
    public required string Model { get; init; }

    public required IReadOnlyList<CompletionMessage> Messages { get; init; }

    public int? MaxTokens { get; init; }

    public int? MaxCompletionTokens { get; init; }

    public float? Temperature { get; init; }

    public IReadOnlyList<CompletionTool>? Tools { get; init; }

    /// <summary>A word, or an object that names a function.</summary>
    public JsonNode? ToolChoice { get; init; }

    public CompletionFormat? ResponseFormat { get; init; }
}

internal sealed record CompletionMessage
{
    public string? Role { get; init; }

    public string? Content { get; init; }

    public string? Refusal { get; init; }

    public IReadOnlyList<CompletionToolCall>? ToolCalls { get; init; }

    public string? ToolCallId { get; init; }
}

internal sealed record CompletionToolCall
{
    public string? Id { get; init; }

    public string Type { get; init; } = "function";

    public CompletionFunction? Function { get; init; }
}

internal sealed record CompletionFunction(string? Name, string? Arguments);

internal sealed record CompletionTool(CompletionToolFunction Function)
{
    public string Type => "function";
}

internal sealed record CompletionToolFunction(string Name, string Description, JsonElement Parameters);

internal sealed record CompletionFormat(string Type, CompletionSchema? JsonSchema);

internal sealed record CompletionSchema(string Name, string? Description, JsonElement Schema);

/// <summary>What of the answer is read.</summary>
internal sealed record Completion
{
    public string? Id { get; init; }

    public string? Model { get; init; }

    public IReadOnlyList<CompletionChoice>? Choices { get; init; }

    public CompletionUsage? Usage { get; init; }
}

internal sealed record CompletionChoice(CompletionMessage? Message, string? FinishReason);

internal sealed record CompletionUsage(long? PromptTokens, long? CompletionTokens);

internal sealed record CompletionErrorBody(JsonElement? Error);

[JsonSerializable(typeof(CompletionRequest))]
[JsonSerializable(typeof(Completion))]
[JsonSerializable(typeof(CompletionErrorBody))]
internal sealed partial class CompletionJson : JsonSerializerContext
{
    /// <summary>Letters of any script as they are: the body is half the size, and people can read what was sent.</summary>
    public static CompletionJson Plain { get; } = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
