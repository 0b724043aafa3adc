using System.Text.Json;
using Aiops.Aws.Bedrock;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.BedrockRuntime;
using Aiops.Pipeline.Reason.Models;
using Aiops.ScriptedModel;
using Amazon.Runtime;
using Microsoft.Extensions.AI;

namespace Aiops.Reason.Tests.Bedrock;

public sealed class BedrockChatClientTests
{
    [Fact]
    public async Task A_request_says_what_is_asked_and_with_which_limits()
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
        (request.Model, request.LastUserText, request.MaxTokens, request.Temperature).ShouldBe(("tiny", "왜?", 77, 0.5));
        request.System.ShouldStartWith("Be brief.\nYou are an analyst.\n");
        request.ResponseSchema!.Value.GetRawText().ShouldBe("""{"type":"object"}""");
        var tool = request.Tools.ShouldHaveSingleItem();
        (tool.Name, tool.Description).ShouldBe(("query_metrics", "Reads a metric."));
        tool.Schema.GetProperty("required")[0].GetString().ShouldBe("service");
        request.Raw.Headers["Authorization"].ShouldContain("/eu-central-1/bedrock/aws4_request");
        server.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tool_that_the_model_calls_answers_in_the_next_request()
    {
        await using var server = await ScriptedModelServer.StartAsync(
            new ScriptedReply.ToolCalls([new("query_metrics", """{"service":"checkout"}"""), new("query_metrics", "{}")]), ScriptedReply.Say("done"));
        using var client = Client(server);
        List<ChatMessage> messages = [new(ChatRole.User, "Why?")];
        var options = new ChatOptions { Tools = [Metrics] };
        var first = await client.GetResponseAsync(messages, options);
        first.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        var calls = first.Messages.Single().Contents.Cast<FunctionCallContent>().ToList();
        ((JsonElement)calls[0].Arguments!["service"]!).GetString().ShouldBe("checkout");
        messages.AddRange(first.Messages);
        messages.AddRange(calls.Select((call, at) => new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, at == 0 ? "p99 900 ms" : "")])));
        messages.Add(new ChatMessage(ChatRole.User, "This was the last tool; conclude."));
        (await client.GetResponseAsync(messages, options)).Text.ShouldBe("done");
        server.Complaints.ShouldBeEmpty();
        server.Requests[1].ToolResults.ShouldBe([new("call_1", "p99 900 ms"), new("call_2", "(nothing)")]);
        server.Requests[1].Messages.Count.ShouldBe(3); // Turns alternate: results and the last word are one turn.
    }

    [Fact]
    public async Task Tools_that_were_called_are_told_to_the_end_even_when_they_are_offered_no_more()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("done"));
        using var client = Client(server);
        ChatMessage[] messages =
        [
            new(ChatRole.User, "Why?"),
            new(ChatRole.Assistant, [new FunctionCallContent("id-1", "query_metrics", new Dictionary<string, object?> { ["n"] = 1 })]),
            new(ChatRole.Tool, [new FunctionResultContent("id-1", "p99 900 ms")]),
        ];
        await client.GetResponseAsync(messages, new ChatOptions());
        server.Complaints.ShouldBeEmpty();
        server.Requests[0].Tools.ShouldHaveSingleItem().Name.ShouldBe("query_metrics");
    }

    [Theory]
    [InlineData("none", null)]
    [InlineData("any", """{"any":{}}""")]
    [InlineData("named", """{"tool":{"name":"query_metrics"}}""")]
    [InlineData("auto", "")]
    public async Task How_far_tools_are_called_for_is_said_in_the_wires_words(string mode, string? expected)
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("ok"));
        using var client = Client(server);
        var options = new ChatOptions
        {
            Tools = [Metrics],
            ToolMode = mode switch
            {
                "none" => ChatToolMode.None,
                "any" => ChatToolMode.RequireAny,
                "named" => ChatToolMode.RequireSpecific("query_metrics"),
                _ => ChatToolMode.Auto,
            },
        };
        await client.GetResponseAsync([new(ChatRole.User, "Why?")], options);
        var config = server.Requests[0].Raw.Json.TryGetProperty("toolConfig", out var given) ? given : (JsonElement?)null;
        (config is null ? null : config.Value.TryGetProperty("toolChoice", out var choice) ? choice.GetRawText() : "").ShouldBe(expected);
    }

    [Fact]
    public async Task An_inference_profile_is_called_in_the_models_place_and_only_when_named()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("ok"));
        using var plain = Client(server);
        using var profiled = Client(server, profile: "arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc");
        await plain.GetResponseAsync([new(ChatRole.User, "Why?")]);
        await profiled.GetResponseAsync([new(ChatRole.User, "Why?")]);
        server.Requests.Select(request => request.Model).ShouldBe(["tiny", "arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc"]);
    }

    [Theory]
    [InlineData(403, "ExpiredTokenException", ModelFailure.Refused, false)]
    [InlineData(404, "ResourceNotFoundException", ModelFailure.Refused, false)]
    [InlineData(429, "ModelNotReadyException", ModelFailure.Throttled, false)]
    [InlineData(400, "ThrottlingException", ModelFailure.Throttled, false)]
    [InlineData(400, "ServiceQuotaExceededException", ModelFailure.Throttled, false)]
    [InlineData(408, "ModelTimeoutException", ModelFailure.TimedOut, true)]
    [InlineData(424, "ModelErrorException", ModelFailure.Unavailable, false)]
    [InlineData(500, "InternalServerException", ModelFailure.Unavailable, false)]
    public async Task An_error_of_the_service_is_told_by_its_code(int status, string code, ModelFailure failure, bool charged)
    {
        await using var server = await ScriptedModelServer.StartAsync(new ScriptedReply.Error(status, code, "no"));
        using var client = Client(server);
        var error = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync([new(ChatRole.User, "Why?")]));
        (error.Failure, error.Charged).ShouldBe((failure, charged));
        error.Message.ShouldContain(code);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_signed_clients_own_patience_is_a_time_out_too_and_nothing_is_sent_again()
    {
        await using var server = await ScriptedModelServer.StartAsync(new ScriptedReply.Drip(ScriptedReply.Say("late"), 1, TimeSpan.FromSeconds(1)));
        using WireClient wire = new(Options(server) with { AttemptTimeout = TimeSpan.FromMilliseconds(300) - ConverseWire.Service.Thinks });
        using BedrockChatClient client = new(wire, new BedrockOptions { Model = "tiny" });
        var error = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync([new(ChatRole.User, "Why?")]));
        (error.Failure, error.Charged).ShouldBe((ModelFailure.TimedOut, true));
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_credentials_nothing_is_sent()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("ok"));
        using var client = new BedrockChatClient(
            new WireClient(Options(server) with { Credentials = new RefreshingNobody() }), new BedrockOptions { Model = "tiny" });
        var error = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync([new(ChatRole.User, "Why?")]));
        (error.Failure, error.Charged).ShouldBe((ModelFailure.Refused, false));
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_says_which_model_it_is()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("ok"));
        using var client = Client(server);
        var metadata = client.GetService<ChatClientMetadata>()!;
        (metadata.ProviderName, metadata.ProviderUri, metadata.DefaultModelId).ShouldBe(("aws.bedrock", server.BedrockBase, "tiny"));
    }

    internal static BedrockChatClient Client(ScriptedModelServer server, TimeSpan? timeout = null, string? profile = null)
        => new(new WireClient(Options(server)), new BedrockOptions { Model = "tiny", InferenceProfile = profile, Timeout = timeout ?? TimeSpan.FromSeconds(30) });

    private static WireOptions Options(ScriptedModelServer server) => new()
    {
        Region = "eu-central-1",
        ServiceUrl = server.BedrockBase,
        Credentials = new BasicAWSCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), // AWS's published test pair; it opens nothing.
        Jitter = () => 0,
    };

    private static AIFunctionDeclaration Metrics => AIFunctionFactory.CreateDeclaration(
        "query_metrics", "Reads a metric.", Schema("""{"type":"object","properties":{"service":{"type":"string"}},"required":["service"]}"""));

    private static JsonElement Schema(string json) => JsonDocument.Parse(json).RootElement;

    private sealed class RefreshingNobody : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() => throw new AmazonClientException("Unable to find credentials.");

        public override Task<ImmutableCredentials> GetCredentialsAsync() => throw new AmazonClientException("Unable to find credentials.");
    }
}
