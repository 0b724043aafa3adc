using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aiops.ScriptedModel.Wires;

/// <summary>OpenAI's chat completions, as its API reference describes them.</summary>
internal sealed class OpenAiWire : IWire
{
    public const string Path = "/v1/chat/completions";

    private const long Created = 1_767_225_600;

    public ModelWire Kind => ModelWire.OpenAi;

    public ScriptedRequest Read(ReceivedRequest raw, int ordinal)
    {
        var body = raw.Json;
        if (body.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True)
        {
            throw new WireBrokenException("This server doesn't stream.");
        }

        var all = body.GetProperty("messages").EnumerateArray().ToList();
        CheckToolCalls(all);
        return new ScriptedRequest
        {
            Wire = Kind,
            Ordinal = ordinal,
            Model = body.GetProperty("model").GetString()!,
            System = string.Join('\n', all.Where(IsSystem).Select(TextOf)),
            Messages = [.. all.Where(message => !IsSystem(message)).Select(Message)],
            Tools = [.. Items(body, "tools").Select(tool => Tool(tool.GetProperty("function")))],
            MaxTokens = Number(body, "max_completion_tokens") ?? Number(body, "max_tokens"),
            Temperature = body.TryGetProperty("temperature", out var temperature) ? temperature.GetDouble() : null,
            ResponseSchema = body.TryGetProperty("response_format", out var format) && format.TryGetProperty("json_schema", out var named)
                ? named.GetProperty("schema") : null,
            Raw = raw,
        };
    }

    public HttpAnswer Write(ScriptedReply reply, ScriptedRequest request) => reply switch
    {
        ScriptedReply.Text text => Completion(
            request, new JsonObject { ["role"] = "assistant", ["content"] = text.Content }, text.Stop ?? "stop", text.InputTokens, text.OutputTokens),
        ScriptedReply.ToolCalls calls => Completion(request, Calling(calls), "tool_calls", calls.InputTokens, calls.OutputTokens),
        ScriptedReply.EmptyAnswer empty => Completion(
            request, new JsonObject { ["role"] = "assistant", ["content"] = "" }, empty.Stop ?? "stop", 100, 0),
        ScriptedReply.Throttle throttle => Error(429, "rate_limit_exceeded", "Rate limit reached.").With("Retry-After", throttle.RetryAfter),
        ScriptedReply.ServerError error => Error(error.Status, "server_error", "The server had an error.").With("Retry-After", error.RetryAfter),
        ScriptedReply.WrongModel => Error(404, "model_not_found", $"The model `{request.Model}` does not exist or you do not have access to it."),
        ScriptedReply.NoCredentials => Error(
            401, "invalid_api_key", $"Incorrect API key provided: {request.Raw.Headers.GetValueOrDefault("Authorization", "none")}."),
        ScriptedReply.Error error => Error(error.Status, error.Code, error.Message),
        _ => throw new NotSupportedException($"{reply.GetType().Name} has no body of its own."),
    };

    public HttpAnswer Complain(string message) => Error(400, "invalid_request_error", message);

    private static HttpAnswer Completion(ScriptedRequest request, JsonObject message, string stop, int? input, int? output)
    {
        JsonObject body = new()
        {
            ["id"] = $"chatcmpl-{request.Ordinal}",
            ["object"] = "chat.completion",
            ["created"] = Created,
            ["model"] = request.Model,
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = stop }),
        };
        if (input is { } sent && output is { } written)
        {
            body["usage"] = new JsonObject { ["prompt_tokens"] = sent, ["completion_tokens"] = written, ["total_tokens"] = sent + written };
        }

        return HttpAnswer.Json(200, body);
    }

    private static JsonObject Calling(ScriptedReply.ToolCalls reply) => new()
    {
        ["role"] = "assistant",
        ["content"] = null,
        ["tool_calls"] = new JsonArray([.. reply.Calls.Select((call, at) => (JsonNode)new JsonObject
        {
            ["id"] = call.Id ?? $"call_{at + 1}",
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
        })]),
    };

    private static HttpAnswer Error(int status, string code, string message) => HttpAnswer.Json(status, new JsonObject
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = status < 500 ? "invalid_request_error" : "server_error", ["param"] = null, ["code"] = code },
    });

    // The service refuses a call without its answer, and an answer without its call.
    private static void CheckToolCalls(List<JsonElement> messages)
    {
        HashSet<string> open = [];
        foreach (var message in messages)
        {
            if (Role(message) == "tool")
            {
                var id = message.GetProperty("tool_call_id").GetString()!;
                if (!open.Remove(id))
                {
                    throw new WireBrokenException($"The tool's answer {id} follows no call of that id.");
                }

                continue;
            }

            if (open.Count > 0)
            {
                throw new WireBrokenException($"The tool call {open.First()} has no answer.");
            }

            open.UnionWith(Items(message, "tool_calls").Select(call => call.GetProperty("id").GetString()!));
        }

        if (open.Count > 0)
        {
            throw new WireBrokenException($"The tool call {open.First()} has no answer.");
        }
    }

    private static ScriptedMessage Message(JsonElement message) => Role(message) == "tool"
        ? new ScriptedMessage("tool", "", [], [new ScriptedToolResult(message.GetProperty("tool_call_id").GetString()!, TextOf(message))])
        : new ScriptedMessage(Role(message), TextOf(message), [.. Items(message, "tool_calls").Select(Call)], []);

    private static ScriptedToolCall Call(JsonElement call)
    {
        var function = call.GetProperty("function");
        return new ScriptedToolCall(function.GetProperty("name").GetString()!, function.GetProperty("arguments").GetString()!, call.GetProperty("id").GetString());
    }

    private static ScriptedTool Tool(JsonElement function) => new(
        function.GetProperty("name").GetString()!,
        function.TryGetProperty("description", out var description) ? description.GetString()! : "",
        function.GetProperty("parameters"));

    private static bool IsSystem(JsonElement message) => Role(message) is "system" or "developer";

    private static string Role(JsonElement message) => message.GetProperty("role").GetString()!;

    private static string TextOf(JsonElement message)
    {
        if (!message.TryGetProperty("content", out var content) || content.ValueKind == JsonValueKind.Null)
        {
            return "";
        }

        return content.ValueKind == JsonValueKind.String
            ? content.GetString()!
            : string.Join('\n', content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));
    }

    private static IEnumerable<JsonElement> Items(JsonElement element, string name)
        => element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static int? Number(JsonElement body, string name) => body.TryGetProperty(name, out var number) ? number.GetInt32() : null;
}
