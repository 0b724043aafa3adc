using System.Text.Json;
using Aiops.Aws.Wire.BedrockRuntime;
using Aiops.Pipeline.Reason.Models;
using Microsoft.Extensions.AI;

namespace Aiops.Aws.Bedrock;

/// <summary>Converse's answer as a conversation goes on from it.</summary>
internal static class ConverseReader
{
    /// <param name="told">The model, for messages.</param>
    /// <exception cref="ModelException">It is no answer.</exception>
    public static ChatResponse Read(ConverseResponse response, string told, string model, bool wantsJson)
    {
        List<AIContent> contents = [];
        foreach (var block in response.Output.Message?.Content ?? [])
        {
            if (block.ToolUse is { } use)
            {
                contents.Add(ToolArguments.Read(use.ToolUseId, use.Name, use.Input.ValueKind == JsonValueKind.Undefined ? "" : use.Input.GetRawText()));
            }
            else if (!string.IsNullOrWhiteSpace(block.Text))
            {
                contents.Add(new TextContent(wantsJson ? JsonAnswer.Unwrapped(block.Text) : block.Text));
            }
        }

        var reason = Reason(response.StopReason);
        if (contents.Count == 0)
        {
            throw new ModelException(ModelFailure.Malformed, $"The answer of {told} is empty (it ended by \"{reason.Value}\").", charged: true);
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ModelId = model,
            FinishReason = reason,
            Usage = response.Usage is { InputTokens: >= 0 and var input, OutputTokens: >= 0 and var output }
                ? new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = (long)input + output }
                : null,
        };
    }

    // Only words of the protocol: an endpoint of somebody's own may write anything there.
    private static ChatFinishReason Reason(string stop) => stop switch
    {
        "tool_use" => ChatFinishReason.ToolCalls,
        "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
        "guardrail_intervened" or "content_filtered" => ChatFinishReason.ContentFilter,
        _ => ChatFinishReason.Stop,
    };
}
