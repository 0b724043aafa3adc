using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Aiops.Pipeline.Reason.Models;

/// <summary>The most tokens that a request can be.</summary>
/// <remarks>
/// A byte-level tokenizer never makes more tokens than there are bytes of UTF-8; what a model's template puts around each
/// message and tool is allowed for. Some four times what English text comes to: a bound, not an estimate.
/// </remarks>
public static class PromptSize
{
    private const int AroundEach = 32;
    private const int AroundAll = 512;

    public static long MostTokens(IReadOnlyList<ChatMessage> messages, ChatOptions options)
    {
        long bytes = AroundAll + (options.Instructions is { } instructions ? Encoding.UTF8.GetByteCount(instructions) : 0);
        foreach (var content in messages.SelectMany(message => message.Contents))
        {
            bytes += AroundEach + content switch
            {
                TextContent text => Encoding.UTF8.GetByteCount(text.Text),
                FunctionCallContent call => Encoding.UTF8.GetByteCount(call.Name) + Encoding.UTF8.GetByteCount(call.CallId)
                    + Encoding.UTF8.GetByteCount(ToolArguments.ToJson(call.Arguments)),
                FunctionResultContent result => Encoding.UTF8.GetByteCount(result.CallId) + Encoding.UTF8.GetByteCount(result.Result?.ToString() ?? ""),
                _ => throw new NotSupportedException($"Nothing of {content.GetType().Name} is ever sent to a model."),
            };
        }

        foreach (var tool in options.Tools ?? [])
        {
            bytes += AroundEach + Encoding.UTF8.GetByteCount(tool.Name) + Encoding.UTF8.GetByteCount(tool.Description)
                + (tool is AIFunctionDeclaration function ? SizeOf(function.JsonSchema) : 0);
        }

        return bytes + (options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } ? SizeOf(schema) : 0);
    }

    private static int SizeOf(JsonElement json) => Encoding.UTF8.GetByteCount(json.GetRawText());
}
