using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aiops.ScriptedModel.Wires;

/// <summary>Bedrock's Converse, as its API reference and its published service model describe it.</summary>
internal sealed class BedrockWire : IWire
{
    private const string Before = "/model/";
    private const string After = "/converse";

    public ModelWire Kind => ModelWire.Bedrock;

    public static bool Takes(string path) => path.StartsWith(Before, StringComparison.Ordinal) && path.EndsWith(After, StringComparison.Ordinal);

    public ScriptedRequest Read(ReceivedRequest raw, int ordinal)
    {
        var body = raw.Json;
        var messages = body.GetProperty("messages").EnumerateArray().Select(Message).ToList();
        var system = Items(body, "system").Select(block => block.GetProperty("text").GetString()!).ToList();
        var tools = body.TryGetProperty("toolConfig", out var config) ? Items(config, "tools").Select(tool => Tool(tool.GetProperty("toolSpec"))).ToList() : [];
        Check(messages, tools);
        var inference = body.TryGetProperty("inferenceConfig", out var given) ? given : default;
        return new ScriptedRequest
        {
            Wire = Kind,
            Ordinal = ordinal,
            Model = Uri.UnescapeDataString(raw.Path[Before.Length..^After.Length]),
            System = string.Join('\n', system),
            Messages = messages,
            Tools = tools,
            MaxTokens = Number(inference, "maxTokens") is { } most ? (int)most : null,
            Temperature = Number(inference, "temperature"),
            ResponseSchema = SchemaIn(system.LastOrDefault() ?? ""),
            Raw = raw,
        };
    }

    public HttpAnswer Write(ScriptedReply reply, ScriptedRequest request) => reply switch
    {
        ScriptedReply.Text text => Answer([new JsonObject { ["text"] = text.Content }], text.Stop ?? "end_turn", text.InputTokens, text.OutputTokens),
        ScriptedReply.ToolCalls calls => Answer([.. calls.Calls.Select(Calling)], "tool_use", calls.InputTokens, calls.OutputTokens),
        ScriptedReply.EmptyAnswer empty => Answer([], empty.Stop ?? "end_turn", 100, 0),
        ScriptedReply.Throttle throttle => Error(429, "ThrottlingException", "Too many requests, please wait before trying again.")
            .With("Retry-After", throttle.RetryAfter),
        ScriptedReply.ServerError error => Error(
            error.Status, error.Status == 503 ? "ServiceUnavailableException" : "InternalServerException", "The server had an error.")
            .With("Retry-After", error.RetryAfter),
        ScriptedReply.WrongModel => Error(400, "ValidationException", "The provided model identifier is invalid."),
        ScriptedReply.NoCredentials => Error(403, "UnrecognizedClientException", "The security token included in the request is invalid."),
        ScriptedReply.Error error => Error(error.Status, error.Code, error.Message),
        _ => throw new NotSupportedException($"{reply.GetType().Name} has no body of its own."),
    };

    public HttpAnswer Complain(string message) => Error(400, "ValidationException", message);

    private static HttpAnswer Answer(JsonArray content, string stop, int? input, int? output)
    {
        JsonObject body = new()
        {
            ["output"] = new JsonObject { ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = content } },
            ["stopReason"] = stop,
            ["metrics"] = new JsonObject { ["latencyMs"] = 1 },
        };
        if (input is { } sent && output is { } written)
        {
            body["usage"] = new JsonObject { ["inputTokens"] = sent, ["outputTokens"] = written, ["totalTokens"] = sent + written };
        }

        return HttpAnswer.Json(200, body);
    }

    private static JsonNode Calling(ScriptedToolCall call, int at) => new JsonObject
    {
        ["toolUse"] = new JsonObject { ["toolUseId"] = call.Id ?? $"call_{at + 1}", ["name"] = call.Name, ["input"] = JsonNode.Parse(call.Arguments) },
    };

    // The header is what rest-json clients read; the service adds a namespace to it now and then.
    private static HttpAnswer Error(int status, string code, string message)
        => HttpAnswer.Json(status, new JsonObject { ["message"] = message }).With("x-amzn-ErrorType", $"{code}:http://internal.amazon.com/coral/com.amazon.bedrock/");

    // What the service answers with a ValidationException.
    private static void Check(List<ScriptedMessage> messages, List<ScriptedTool> tools)
    {
        Require(messages is [{ Role: not "assistant" }, ..], "A conversation must start with a user message.");
        for (var at = 1; at < messages.Count; at++)
        {
            Require(messages[at - 1].Role == "assistant" != (messages[at].Role == "assistant"), "Roles must alternate between user and assistant.");
        }

        Require(tools.Count > 0 || messages.All(message => message.ToolCalls.Count + message.ToolResults.Count == 0),
            "The toolConfig field must be defined when using toolUse and toolResult content blocks.");
        for (var at = 0; at < messages.Count; at++)
        {
            var answered = at + 1 < messages.Count ? messages[at + 1].ToolResults.Select(result => result.CallId).Order().ToList() : [];
            Require(messages[at].ToolCalls.Select(call => call.Id).Order().SequenceEqual(answered),
                "The toolUse blocks of a turn must be answered by the toolResult blocks of the next.");
        }
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new WireBrokenException(message);
        }
    }

    private static ScriptedMessage Message(JsonElement message)
    {
        List<string> texts = [];
        List<ScriptedToolCall> calls = [];
        List<ScriptedToolResult> results = [];
        foreach (var block in Items(message, "content"))
        {
            if (block.TryGetProperty("text", out var text))
            {
                Require(!string.IsNullOrWhiteSpace(text.GetString()), "The text field in the ContentBlock object is blank.");
                texts.Add(text.GetString()!);
            }
            else if (block.TryGetProperty("toolUse", out var use))
            {
                Require(use.GetProperty("input").ValueKind == JsonValueKind.Object, "The input of a toolUse must be a JSON object.");
                calls.Add(new ScriptedToolCall(use.GetProperty("name").GetString()!, use.GetProperty("input").GetRawText(), use.GetProperty("toolUseId").GetString()));
            }
            else
            {
                var result = block.GetProperty("toolResult");
                results.Add(new ScriptedToolResult(
                    result.GetProperty("toolUseId").GetString()!,
                    string.Join('\n', Items(result, "content").Select(part => part.GetProperty("text").GetString()))));
            }
        }

        Require(texts.Count + calls.Count + results.Count > 0, "The content field of a message is empty.");
        var role = message.GetProperty("role").GetString()!;
        return new ScriptedMessage(results.Count > 0 && texts.Count == 0 ? "tool" : role, string.Join('\n', texts), calls, results);
    }

    private static ScriptedTool Tool(JsonElement spec) => new(
        spec.GetProperty("name").GetString()!,
        spec.TryGetProperty("description", out var description) ? description.GetString()! : "",
        spec.GetProperty("inputSchema").GetProperty("json"));

    private static JsonElement? SchemaIn(string text)
    {
        try
        {
            return text.IndexOf('{') is >= 0 and var at ? JsonDocument.Parse(text[at..]).RootElement : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement element, string name)
        => element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static double? Number(JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var number) ? number.GetDouble() : null;
}
