using System.Text.Json.Nodes;
using Aiops.Pipeline.Reason.Models;
using Microsoft.Extensions.AI;

namespace Aiops.Local.Models;

/// <summary>A conversation as chat completions want it.</summary>
internal static class CompletionWriter
{
    public static CompletionRequest Write(IReadOnlyList<ChatMessage> messages, ChatOptions options, OpenAiOptions server)
    {
        List<CompletionTool> tools = [.. (options.Tools ?? []).Select(Tool)];
        return new CompletionRequest
        {
            Model = server.Model,
            Messages =
            [
                .. options.Instructions is { Length: > 0 } instructions ? [Plain("system", instructions)] : (CompletionMessage[])[],
                .. messages.SelectMany(Messages),
            ],
            MaxTokens = server.TakesCompletionTokens ? null : options.MaxOutputTokens,
            MaxCompletionTokens = server.TakesCompletionTokens ? options.MaxOutputTokens : null,
            Temperature = server.TakesCompletionTokens ? null : options.Temperature, // OpenAI's newer models refuse any but their own.
            Tools = tools.Count > 0 ? tools : null,
            ToolChoice = tools.Count > 0 ? Choice(options.ToolMode) : null,
            ResponseFormat = Format(options.ResponseFormat),
        };
    }

    private static IEnumerable<CompletionMessage> Messages(ChatMessage message)
    {
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            yield return new CompletionMessage { Role = "tool", ToolCallId = result.CallId, Content = result.Result?.ToString() ?? "" };
        }

        List<CompletionToolCall> calls = [.. message.Contents.OfType<FunctionCallContent>().Select(Call)];
        var text = string.Join('\n', message.Contents.OfType<TextContent>().Select(content => content.Text));
        if (message.Contents.FirstOrDefault(content => content is not (TextContent or FunctionCallContent or FunctionResultContent)) is { } other)
        {
            throw new NotSupportedException($"Nothing of {other.GetType().Name} is ever sent to a model.");
        }

        if (text.Length > 0 || calls.Count > 0)
        {
            yield return new CompletionMessage { Role = message.Role.Value, Content = text.Length > 0 ? text : null, ToolCalls = calls.Count > 0 ? calls : null };
        }
    }

    private static CompletionMessage Plain(string role, string text) => new() { Role = role, Content = text };

    private static CompletionToolCall Call(FunctionCallContent call)
        => new() { Id = call.CallId, Function = new CompletionFunction(call.Name, ToolArguments.ToJson(call.Arguments)) };

    private static CompletionTool Tool(AITool tool) => tool is AIFunctionDeclaration function
        ? new CompletionTool(new CompletionToolFunction(function.Name, function.Description, function.JsonSchema))
        : throw new NotSupportedException($"{tool.GetType().Name} is no function.");

    private static JsonNode? Choice(ChatToolMode? mode) => mode switch
    {
        NoneChatToolMode => JsonValue.Create("none"),
        RequiredChatToolMode { RequiredFunctionName: { } name } => new JsonObject { ["type"] = "function", ["function"] = new JsonObject { ["name"] = name } },
        RequiredChatToolMode => JsonValue.Create("required"),
        _ => null, // The service's own choice: automatic.
    };

    private static CompletionFormat? Format(ChatResponseFormat? format) => format switch
    {
        ChatResponseFormatJson { Schema: { } schema } json
            => new CompletionFormat("json_schema", new CompletionSchema(json.SchemaName ?? "answer", json.SchemaDescription, schema)),
        ChatResponseFormatJson => new CompletionFormat("json_object", null),
        _ => null,
    };
}
