using System.Text.Json;

namespace Aiops.ScriptedModel;

/// <summary>What a model was asked, whichever wire it came over.</summary>
public sealed record ScriptedRequest
{
    public required ModelWire Wire { get; init; }

    /// <summary>From 1, over both wires.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The model's id as the client wrote it: of the body (OpenAI), or decoded from the path (Bedrock).</summary>
    public required string Model { get; init; }

    /// <summary>All system texts, a line break between them; empty where there is none.</summary>
    public required string System { get; init; }

    /// <summary>The conversation without the system's texts, the oldest first.</summary>
    public required IReadOnlyList<ScriptedMessage> Messages { get; init; }

    public required IReadOnlyList<ScriptedTool> Tools { get; init; }

    public int? MaxTokens { get; init; }

    public double? Temperature { get; init; }

    /// <summary>
    /// The JSON schema that the answer shall follow: of <c>response_format</c>; on Bedrock, where Converse takes none of every
    /// model, the last system text that ends in a JSON object.
    /// </summary>
    public JsonElement? ResponseSchema { get; init; }

    public required ReceivedRequest Raw { get; init; }

    /// <summary>What tools answered, in order, of the whole conversation.</summary>
    public IReadOnlyList<ScriptedToolResult> ToolResults => [.. Messages.SelectMany(message => message.ToolResults)];

    /// <summary>The last thing that a user said; empty where nobody did.</summary>
    public string LastUserText => Messages.LastOrDefault(message => message is { Role: "user", Text.Length: > 0 })?.Text ?? "";
}

/// <summary>A format that requests come in.</summary>
public enum ModelWire
{
    OpenAi,
    Bedrock,
}

/// <param name="Role"><c>user</c>, <c>assistant</c>, or <c>tool</c> where it holds results alone.</param>
/// <param name="Text">Its texts, a line break between them.</param>
public sealed record ScriptedMessage(
    string Role, string Text, IReadOnlyList<ScriptedToolCall> ToolCalls, IReadOnlyList<ScriptedToolResult> ToolResults);

/// <param name="Arguments">JSON, as it was written.</param>
/// <param name="Id">In a reply, null takes <c>call_1</c>, <c>call_2</c>, …</param>
public sealed record ScriptedToolCall(string Name, string Arguments, string? Id = null);

public sealed record ScriptedToolResult(string CallId, string Text);

public sealed record ScriptedTool(string Name, string Description, JsonElement Schema);

/// <summary>A request as it arrived.</summary>
/// <param name="Path">Not decoded.</param>
public sealed record ReceivedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
