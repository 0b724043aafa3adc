using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Aiops.ScriptedModel;
using OpenAI;
using OpenAI.Chat;

namespace Aiops.Reason.Tests.Scripted;

/// <summary>The providers' own clients read what the scripted server says, so that ours aren't only held against each other.</summary>
public sealed class PeerTests
{
    [Fact]
    public async Task Openais_own_client_reads_the_scripted_server()
    {
        await using var server = await ScriptedModelServer.StartAsync(
            ScriptedReply.Call("query_metrics", """{"service":"checkout"}""", 40, 9), ScriptedReply.Say("done"), new ScriptedReply.Throttle("3"), new ScriptedReply.WrongModel());
        var client = new ChatClient("tiny", new ApiKeyCredential("key"), new OpenAIClientOptions { Endpoint = server.OpenAiBase, RetryPolicy = new ClientRetryPolicy(0) });
        List<ChatMessage> messages = [new SystemChatMessage("Be brief."), new UserChatMessage("Why?")];
        var options = new ChatCompletionOptions
        {
            MaxOutputTokenCount = 77,
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("verdict", BinaryData.FromString("""{"type":"object"}""")),
            Tools = { ChatTool.CreateFunctionTool("query_metrics", "Reads.", BinaryData.FromString("""{"type":"object"}""")) },
        };
        var called = (await client.CompleteChatAsync(messages, options)).Value;
        called.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        called.ToolCalls.ShouldHaveSingleItem().FunctionArguments.ToString().ShouldBe("""{"service":"checkout"}""");
        (called.Usage.InputTokenCount, called.Usage.OutputTokenCount).ShouldBe((40, 9));
        messages.AddRange([new AssistantChatMessage(called), new ToolChatMessage(called.ToolCalls[0].Id, "p99 900 ms")]);
        (await client.CompleteChatAsync(messages, options)).Value.Content[0].Text.ShouldBe("done");
        var throttled = await Should.ThrowAsync<ClientResultException>(() => client.CompleteChatAsync(messages, options));
        throttled.Status.ShouldBe(429);
        throttled.GetRawResponse()!.Headers.TryGetValue("Retry-After", out var wait).ShouldBeTrue();
        wait.ShouldBe("3");
        (await Should.ThrowAsync<ClientResultException>(() => client.CompleteChatAsync(messages, options))).Message.ShouldContain("model_not_found");

        server.Complaints.ShouldBeEmpty();
        var first = server.Requests[0];
        (first.System, first.LastUserText, first.MaxTokens, first.Tools.Single().Name).ShouldBe(("Be brief.", "Why?", 77, "query_metrics"));
        first.ResponseSchema!.Value.GetRawText().ShouldBe("""{"type":"object"}""");
        server.Requests[1].ToolResults.ShouldBe([new("call_1", "p99 900 ms")]);
    }

    [FactNeedingAwsSdk]
    public async Task Awss_own_client_reads_the_scripted_server()
    {
        await using var server = await ScriptedModelServer.StartAsync(
            ScriptedReply.Call("query_metrics", """{"service":"checkout"}""", 40, 9), ScriptedReply.Say("done"), new ScriptedReply.Throttle(), new ScriptedReply.WrongModel());
        var answers = JsonNode.Parse(await RunAsync(server.BedrockBase))!.AsArray();
        answers[0]!["stopReason"]!.GetValue<string>().ShouldBe("tool_use");
        answers[0]!["output"]!["message"]!["content"]![0]!["toolUse"]!["input"]!["service"]!.GetValue<string>().ShouldBe("checkout");
        answers[0]!["usage"]!["totalTokens"]!.GetValue<int>().ShouldBe(49);
        answers[1]!["output"]!["message"]!["content"]![0]!["text"]!.GetValue<string>().ShouldBe("done");
        answers[2]!["code"]!.GetValue<string>().ShouldBe("ThrottlingException");
        answers[3]!["code"]!.GetValue<string>().ShouldBe("ValidationException");
        answers[4]!["code"]!.GetValue<string>().ShouldBe("ValidationException");

        var first = server.Requests[0];
        (first.Model, first.System, first.LastUserText, first.MaxTokens, first.Temperature).ShouldBe(("eu.tiny-v1:0", "Be brief.", "Why?", 77, 0.5));
        first.Tools.Single().Description.ShouldBe("Reads.");
        server.Requests[1].ToolResults.ShouldBe([new("call_1", "p99 900 ms")]);
        server.Complaints.ShouldHaveSingleItem().ShouldContain("toolConfig"); // The last question breaks the service's rules on purpose.
    }

    private static async Task<string> RunAsync(Uri endpoint)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        using var process = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList = { Path.Combine(FactNeedingAwsSdkAttribute.Here, "converse-peer.cjs"), FactNeedingAwsSdkAttribute.Packages, endpoint.ToString() },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            process.ExitCode.ShouldBe(0, await errors);
            return output;
        }
        finally
        {
            process.Kill();
        }
    }
}

/// <summary>Skipped where AWS's client for Node isn't installed, unless everything must be there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactNeedingAwsSdkAttribute : FactAttribute
{
    public FactNeedingAwsSdkAttribute()
    {
        if (!Directory.Exists(Path.Combine(Packages, "aws-sdk")) && Environment.GetEnvironmentVariable("AIOPS_REQUIRE_ALL") != "1")
        {
            Skip = "needs AWS's client for Node: npm ci --prefix tests/npm";
        }
    }

    public static string Here { get; } = Path.GetDirectoryName(ThisFile())!;

    public static string Packages { get; } = Path.GetFullPath(Path.Combine(Here, "../../npm/node_modules"));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
