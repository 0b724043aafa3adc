using System.Text.Json;
using Aiops.Local.Models;
using Aiops.Pipeline.Reason.Models;
using Aiops.ScriptedModel;
using Microsoft.Extensions.AI;

namespace Aiops.Reason.Tests.OpenAi;

public sealed class OpenAiChatClientTests
{
    private const string Key = "sk-never-in-a-message-0123456789";

    [Fact]
    public async Task A_request_says_who_asks_what_and_with_which_limits()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("""{"answer":1}"""));
        using var client = Client(server);
        var options = new ChatOptions
        {
            Instructions = "Be brief.",
            MaxOutputTokens = 77,
            Temperature = 0.5f,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema("""{"type":"object"}"""), "verdict"),
            Tools = [Metrics],
        };
        var response = await client.GetResponseAsync([new(ChatRole.System, "You are an analyst."), new(ChatRole.User, "왜?")], options);
        response.Text.ShouldBe("""{"answer":1}""");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount).ShouldBe((100, 50, 150));

        var request = server.Requests.ShouldHaveSingleItem();
        (request.Model, request.System, request.LastUserText).ShouldBe(("tiny", "Be brief.\nYou are an analyst.", "왜?"));
        (request.MaxTokens, request.Temperature).ShouldBe((77, 0.5));
        request.ResponseSchema!.Value.GetRawText().ShouldBe("""{"type":"object"}""");
        var tool = request.Tools.ShouldHaveSingleItem();
        (tool.Name, tool.Description).ShouldBe(("query_metrics", "Reads a metric."));
        tool.Schema.GetProperty("required")[0].GetString().ShouldBe("service");
        request.Raw.Headers["Authorization"].ShouldBe($"Bearer {Key}");
        request.Raw.Body.ShouldContain("왜?");
        server.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tool_that_the_model_calls_answers_in_the_next_request()
    {
        await using var server = await ScriptedModelServer.StartAsync(
            new ScriptedReply.ToolCalls([new("query_metrics", """{"service":"checkout","minutes":5}"""), new("query_metrics", "{}")]), ScriptedReply.Say("done"));
        using var client = Client(server);
        List<ChatMessage> messages = [new(ChatRole.User, "Why?")];
        var options = new ChatOptions { Tools = [Metrics] };
        var first = await client.GetResponseAsync(messages, options);
        first.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        var calls = first.Messages.Single().Contents.Cast<FunctionCallContent>().ToList();
        calls.Select(call => call.Name).ShouldBe(["query_metrics", "query_metrics"]);
        ((JsonElement)calls[0].Arguments!["service"]!).GetString().ShouldBe("checkout");
        ((JsonElement)calls[0].Arguments!["minutes"]!).GetInt32().ShouldBe(5);

        messages.AddRange(first.Messages);
        messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(calls[0].CallId, "p99 900 ms"), new FunctionResultContent(calls[1].CallId, "nothing")]));
        (await client.GetResponseAsync(messages, options)).Text.ShouldBe("done");
        server.Complaints.ShouldBeEmpty();
        server.Requests[1].ToolResults.ShouldBe([new("call_1", "p99 900 ms"), new("call_2", "nothing")]);
        server.Requests[1].Messages[1].ToolCalls[0].ShouldBe(new("query_metrics", """{"service":"checkout","minutes":5}""", "call_1"));
    }

    [Fact]
    public async Task Arguments_that_are_no_json_are_the_models_to_mend_and_not_the_end()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Call("query_metrics", "{\"service\":"), ScriptedReply.Say("done"));
        using var client = Client(server);
        var first = await client.GetResponseAsync([new(ChatRole.User, "Why?")], new ChatOptions { Tools = [Metrics] });
        var call = first.Messages.Single().Contents.ShouldHaveSingleItem().ShouldBeOfType<FunctionCallContent>();
        call.Arguments.ShouldBeNull();
        call.Exception.ShouldBeAssignableTo<JsonException>();
    }

    [Theory]
    [InlineData("none", "none")]
    [InlineData("any", "required")]
    [InlineData("auto", null)]
    public async Task How_far_tools_are_called_for_is_said_in_the_wires_words(string mode, string? expected)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("ok"));
        using var client = Client(server);
        var options = new ChatOptions { Tools = [Metrics], ToolMode = mode == "none" ? ChatToolMode.None : mode == "any" ? ChatToolMode.RequireAny : ChatToolMode.Auto };
        await client.GetResponseAsync([new(ChatRole.User, "Why?")], options);
        (server.Requests[0].Raw.Json.TryGetProperty("tool_choice", out var choice) ? choice.GetString() : null).ShouldBe(expected);
    }

    [Theory]
    [InlineData("```json\n{\"a\":1}\n```")]
    [InlineData("<think>hm {</think>\n{\"a\":1}")]
    [InlineData(" {\"a\":1} ")]
    public async Task What_a_model_puts_around_json_is_taken_off_where_json_was_asked_for(string said)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say(said));
        using var client = Client(server);
        (await client.GetResponseAsync([new(ChatRole.User, "Why?")], new ChatOptions { ResponseFormat = ChatResponseFormat.Json })).Text.ShouldBe("{\"a\":1}");
        (await client.GetResponseAsync([new(ChatRole.User, "Why?")])).Text.ShouldBe(said);
    }

    [Fact]
    public async Task A_stream_is_the_one_response()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("whole"));
        using var client = Client(server);
        List<ChatResponseUpdate> updates = [];
        await foreach (var update in client.GetStreamingResponseAsync([new(ChatRole.User, "Why?")]))
        {
            updates.Add(update);
        }

        updates.ToChatResponse().Text.ShouldBe("whole");
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Usage_that_is_left_out_is_unknown_and_not_nothing()
    {
        await using var server = await ScriptedModelServer.StartAsync(new ScriptedReply.Text("ok", null, null), new ScriptedReply.Text("ok", -5, 1));
        using var client = Client(server);
        (await client.GetResponseAsync([new(ChatRole.User, "Why?")])).Usage.ShouldBeNull();
        (await client.GetResponseAsync([new(ChatRole.User, "Why?")])).Usage.ShouldBeNull();
    }

    [Fact]
    public async Task A_slow_answer_is_an_answer_while_there_is_time()
    {
        ScriptedReply.Drip drip = new(ScriptedReply.Say("slow but whole"), 60, TimeSpan.FromMilliseconds(5));
        await using var server = await ScriptedModelServer.StartAsync(drip);
        using var client = Client(server);
        (await client.GetResponseAsync([new(ChatRole.User, "Why?")])).Text.ShouldBe("slow but whole");
    }

    [Fact]
    public async Task A_client_says_which_model_it_is()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("ok"));
        using var client = Client(server);
        var metadata = client.GetService<ChatClientMetadata>()!;
        (metadata.ProviderName, metadata.ProviderUri, metadata.DefaultModelId).ShouldBe(("openai", server.OpenAiBase, "tiny"));
    }

    [Fact]
    public async Task Without_a_key_none_is_sent_and_a_key_that_cant_be_read_sends_nothing()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("ok"));
        using var open = new OpenAiChatClient(new OpenAiOptions { Model = "tiny", Endpoint = server.OpenAiBase, Time = TimeProvider.System });
        await open.GetResponseAsync([new(ChatRole.User, "Why?")]);
        server.Requests[0].Raw.Headers.Keys.ShouldNotContain("Authorization");

        using var locked = new OpenAiChatClient(new OpenAiOptions
        {
            Model = "tiny",
            Endpoint = server.OpenAiBase,
            Time = TimeProvider.System,
            ApiKey = _ => throw new InvalidOperationException("The environment variable KEY holds no secret."),
        });
        var error = await Should.ThrowAsync<ModelException>(() => locked.GetResponseAsync([new(ChatRole.User, "Why?")]));
        (error.Failure, error.Charged).ShouldBe((ModelFailure.Refused, false));
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("http://127.0.0.1/v1", false)]
    [InlineData("https://api.openai.com/v1", true)]
    [InlineData("https://ours.openai.azure.com/openai/v1", true)]
    [InlineData("https://openai.com.example.org/v1", false)]
    public void Openais_own_hosts_get_the_newer_name_of_the_output_limit(string endpoint, bool newer)
        => new OpenAiOptions { Model = "m", Endpoint = new Uri(endpoint), Time = TimeProvider.System }.TakesCompletionTokens.ShouldBe(newer);

    internal static OpenAiChatClient Client(ScriptedModelServer server, TimeSpan? timeout = null) => new(new OpenAiOptions
    {
        Model = "tiny",
        Endpoint = server.OpenAiBase,
        ApiKey = _ => ValueTask.FromResult(Key),
        Time = TimeProvider.System,
        Timeout = timeout ?? TimeSpan.FromSeconds(30),
    });

    private static AIFunctionDeclaration Metrics => AIFunctionFactory.CreateDeclaration(
        "query_metrics", "Reads a metric.", Schema("""{"type":"object","properties":{"service":{"type":"string"}},"required":["service"]}"""));

    private static JsonElement Schema(string json) => JsonDocument.Parse(json).RootElement;
}
