using System.Text.Json;
using Aiops.Aws.Wire.BedrockRuntime;
using Aiops.Pipeline.Reason.Models;
using Microsoft.Extensions.AI;

namespace Aiops.Aws.Bedrock;

/// <summary>A conversation as Converse wants it: turns alternate, blank texts are refused, and tools that were called are told to the end.</summary>
internal static class ConverseWriter
{
    private const string AsJson = "Answer with one JSON object and nothing around it.";

    // For a tool that was called before and is offered no more.
    private static readonly JsonElement AnyObject = JsonDocument.Parse("""{"type":"object"}""").RootElement;

    public static ConverseRequest Write(IReadOnlyList<ChatMessage> messages, ChatOptions options, string model)
    {
        List<SystemBlock> system = [.. Systems(messages, options).Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => new SystemBlock { Text = text })];
        return new ConverseRequest
        {
            ModelId = model,
            System = system.Count > 0 ? system : null,
            Messages = Turns(messages.Where(message => message.Role != ChatRole.System)),
            InferenceConfig = options.MaxOutputTokens is null && options.Temperature is null
                ? null
                : new InferenceConfig { MaxTokens = options.MaxOutputTokens, Temperature = options.Temperature },
            ToolConfig = Tools(messages, options),
        };
    }

    private static IEnumerable<string> Systems(IReadOnlyList<ChatMessage> messages, ChatOptions options) =>
    [
        options.Instructions ?? "",
        .. messages.Where(message => message.Role == ChatRole.System).Select(message => message.Text),
        options.ResponseFormat switch
        {
            ChatResponseFormatJson { Schema: { } schema } => $"{AsJson} Its JSON Schema:\n{schema.GetRawText()}",
            ChatResponseFormatJson => AsJson,
            _ => "",
        },
    ];

    private static List<ConverseMessage> Turns(IEnumerable<ChatMessage> messages)
    {
        List<(string Role, List<ContentBlock> Blocks)> turns = [];
        foreach (var message in messages)
        {
            var role = message.Role == ChatRole.Assistant ? "assistant" : "user";
            List<ContentBlock> blocks = [.. message.Contents.Where(content => content is not TextContent { Text: var text } || !string.IsNullOrWhiteSpace(text)).Select(Block)];
            if (blocks.Count > 0 && turns is [.., { } last] && last.Role == role)
            {
                last.Blocks.AddRange(blocks);
            }
            else if (blocks.Count > 0)
            {
                turns.Add((role, blocks));
            }
        }

        return [.. turns.Select(turn => new ConverseMessage { Role = turn.Role, Content = turn.Blocks })];
    }

    private static ContentBlock Block(AIContent content) => content switch
    {
        TextContent text => new ContentBlock { Text = text.Text },
        FunctionCallContent call => new ContentBlock
        {
            ToolUse = new ToolUseBlock { ToolUseId = call.CallId, Name = call.Name, Input = JsonDocument.Parse(ToolArguments.ToJson(call.Arguments)).RootElement },
        },
        FunctionResultContent result => new ContentBlock
        {
            ToolResult = new ToolResultBlock
            {
                ToolUseId = result.CallId,
                Content = [new ToolResultPart { Text = result.Result?.ToString() is { } said && !string.IsNullOrWhiteSpace(said) ? said : "(nothing)" }],
            },
        },
        _ => throw new NotSupportedException($"Nothing of {content.GetType().Name} is ever sent to a model."),
    };

    private static ToolConfig? Tools(IReadOnlyList<ChatMessage> messages, ChatOptions options)
    {
        var called = messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Select(call => call.Name).Distinct().ToList();
        var offered = (options.Tools ?? []).Select(Offered).ToList();
        if (called.Count == 0 && (offered.Count == 0 || options.ToolMode is NoneChatToolMode))
        {
            return null; // There is no word for "none" but leaving them out.
        }

        List<ToolSpecification> all =
        [
            .. offered,
            .. called.Where(name => offered.All(tool => tool.Name != name))
                .Select(name => new ToolSpecification { Name = name, InputSchema = new ToolInputSchema { Json = AnyObject } }),
        ];
        return new ToolConfig
        {
            Tools = [.. all.Select(tool => new ToolBlock { ToolSpec = tool })],
            ToolChoice = options.ToolMode switch
            {
                RequiredChatToolMode { RequiredFunctionName: { } name } => new ToolChoice { Tool = new NamedTool { Name = name } },
                RequiredChatToolMode => new ToolChoice { Any = new AnyTool() },
                _ => null,
            },
        };
    }

    private static ToolSpecification Offered(AITool tool) => tool is AIFunctionDeclaration function
        ? new ToolSpecification
        {
            Name = function.Name,
            Description = function.Description is { Length: > 0 } description ? description : null,
            InputSchema = new ToolInputSchema { Json = function.JsonSchema },
        }
        : throw new NotSupportedException($"{tool.GetType().Name} is no function.");
}
