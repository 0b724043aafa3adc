using System.Text.Json.Nodes;
using Aiops.ScriptedModel;

namespace Aiops.Tests.Cli;

public sealed class ModelDoctorTests : IDisposable
{
    private readonly CommandRun command = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        command.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Without_a_model_the_figures_decide_alone()
    {
        var (status, detail) = await FindingAsync();
        status.ShouldBe("none");
        detail.ShouldContain("the figures decide alone");
    }

    [Fact]
    public async Task A_model_that_answers_is_named_with_where_it_is_and_what_it_cost()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("yes", inputTokens: 12, outputTokens: 1));
        var (status, detail) = await FindingAsync("--model", Settings(server));
        status.ShouldBe("ok");
        detail.ShouldStartWith($"tiny at {server.Address.ToString().TrimEnd('/')} answered in ");
        detail.ShouldEndWith(", 13 tokens for 0.000051 USD");
        server.Requests.ShouldHaveSingleItem().MaxTokens.ShouldBe(400);
    }

    [Fact]
    public async Task A_model_that_doesnt_is_told_with_the_remedy_and_the_doctor_goes_on()
    {
        await using var server = await ScriptedModelServer.StartAsync(new ScriptedReply.WrongModel());
        var (status, detail) = await FindingAsync("--model", Settings(server));
        status.ShouldBe("look");
        detail.ShouldContain("404 (model_not_found)");
        detail.ShouldContain("ame a model that the server has");
        detail.ShouldContain("the figures decide alone");
    }

    [Fact]
    public async Task A_key_that_isnt_there_is_named_by_where_it_should_be_and_nothing_is_sent()
    {
        await using var server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("yes"));
        var (status, detail) = await FindingAsync("--model", Settings(server, """, "apiKey": "env:AIOPS_TEST_NO_SUCH_KEY" """));
        status.ShouldBe("look");
        detail.ShouldContain("AIOPS_TEST_NO_SUCH_KEY");
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "provider": "openai" }""", 2, "\"model\" is missing")]
    [InlineData(null, 4, "can't be read")]
    public async Task Settings_that_cant_be_used_are_a_users_mistake(string? json, int expected, string problem)
    {
        var file = Path.Combine(folder.Path, "model.json");
        if (json is not null)
        {
            await File.WriteAllTextAsync(file, json);
        }

        var (exitCode, output, error) = await command.RunAsync("doctor", "--model", file, "--json");
        exitCode.ShouldBe(expected);
        JsonNode.Parse(output)!["error"]!.GetValue<string>().ShouldContain(problem);
        (output + error).ShouldNotContain("   at ");
    }

    private string Settings(ScriptedModelServer server, string more = "")
    {
        var file = Path.Combine(folder.Path, "model.json");
        File.WriteAllText(file, $$"""
            { "provider": "openai", "model": "tiny", "endpoint": "{{server.OpenAiBase}}", "price": { "input": 3, "output": 15 }{{more}} }
            """);
        return file;
    }

    private async Task<(string Status, string Detail)> FindingAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await command.RunAsync(["doctor", "--json", .. arguments]);
        exitCode.ShouldBe(0, error);
        var model = JsonNode.Parse(output)!.AsArray().Single(one => one!["what"]!.GetValue<string>() == "language model")!;
        return (model["status"]!.GetValue<string>(), model["detail"]!.GetValue<string>());
    }
}
