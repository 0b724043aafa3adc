using System.ClientModel.Primitives;
using System.Text.Json;
using Aiops.Pipeline.Reason.Models;
using Microsoft.Extensions.AI;

namespace Aiops.Local.Models;

/// <summary>Chat completions' answer as a conversation goes on from it.</summary>
internal static class CompletionReader
{
    /// <param name="said">How many messages went before: for ids that the server leaves out.</param>
    /// <exception cref="ModelException">It is an error, or no answer.</exception>
    public static ChatResponse Read(PipelineResponse response, OpenAiOptions server, bool wantsJson, int said)
    {
        if (response.Status is < 200 or >= 300)
        {
            throw OpenAiFailures.OfStatus(response, server);
        }

        var completion = Parse(response.Content, server);
        if (completion.Choices is not [{ Message: { } message } choice, ..])
        {
            throw Malformed(server, "holds no choice");
        }

        List<AIContent> contents = [];
        if (Text(message, wantsJson) is { Length: > 0 } text)
        {
            contents.Add(new TextContent(text));
        }

        foreach (var (at, call) in (message.ToolCalls ?? []).Index())
        {
            contents.Add(call is { Function: { Name: { Length: > 0 } name } function }
                ? ToolArguments.Read(call.Id is { Length: > 0 } id ? id : $"call_{said}_{at + 1}", name, function.Arguments ?? "")
                : throw Malformed(server, "holds a tool call without a name"));
        }

        if (contents.Count == 0)
        {
            throw Malformed(server, $"is empty (it ended by \"{Reason(choice.FinishReason).Value}\")");
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ResponseId = completion.Id,
            ModelId = completion.Model ?? server.Model,
            FinishReason = Reason(choice.FinishReason),
            Usage = completion.Usage is { PromptTokens: >= 0 and <= int.MaxValue and var input, CompletionTokens: >= 0 and <= int.MaxValue and var output }
                ? new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output }
                : null,
        };
    }

    private static Completion Parse(BinaryData body, OpenAiOptions server)
    {
        try
        {
            return JsonSerializer.Deserialize(body.ToMemory().Span, CompletionJson.Plain.Completion) ?? throw Malformed(server, "is null");
        }
        catch (JsonException e)
        {
            throw Malformed(server, $"is not the protocol's JSON (at byte {e.BytePositionInLine} of line {e.LineNumber + 1})");
        }
    }

    private static string? Text(CompletionMessage message, bool wantsJson)
        => string.IsNullOrWhiteSpace(message.Content) ? message.Refusal
            : wantsJson ? JsonAnswer.Unwrapped(message.Content) : message.Content;

    // Only words of the protocol: a server may write anything there.
    private static ChatFinishReason Reason(string? word) => word switch
    {
        "length" => ChatFinishReason.Length,
        "tool_calls" or "function_call" => ChatFinishReason.ToolCalls,
        "content_filter" => ChatFinishReason.ContentFilter,
        _ => ChatFinishReason.Stop,
    };

    private static ModelException Malformed(OpenAiOptions server, string what)
        => new(ModelFailure.Malformed, $"The answer of {server.Model} at {server.Where} {what}.", charged: true);
}
