using System.Text.Json.Nodes;

namespace Aiops.Tests.Cli;

public sealed class ActionsCommandTests : IDisposable
{
    private readonly CommandRun command = new();

    public void Dispose() => command.Dispose();

    [Theory]
    [InlineData("list")]
    [InlineData("log")]
    [InlineData("show", "ACT-1")]
    [InlineData("propose", "INC-1", "1", "1")]
    [InlineData("dry-run", "ACT-1")]
    [InlineData("approve", "ACT-1", "0")]
    [InlineData("refuse", "ACT-1", "no")]
    public async Task Without_a_list_every_one_says_that_it_is_off_and_how_to_turn_it_on(params string[] arguments)
    {
        var (exitCode, _, error) = await command.RunAsync(["actions", .. arguments]);
        exitCode.ShouldBe(2);
        error.ShouldContain("are off");
        error.ShouldContain("--actions");
        error.ShouldContain("docs/actions.md");
    }

    [Fact]
    public async Task The_list_in_the_guide_is_taken_and_a_wrong_one_is_explained()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(TestPaths.Root, "docs", "actions.md"));
        var example = guide.Split("```json\n")[1].Split("```")[0];
        var file = Path.Combine(command.Folder, "actions.json");
        await File.WriteAllTextAsync(file, example);
        var (exitCode, output, _) = await command.RunAsync("actions", "log", "--actions", file, "--json");
        exitCode.ShouldBe(0);
        ((bool)JsonNode.Parse(output)!["whole"]!).ShouldBeTrue();
        (await command.RunAsync("actions", "show", "ACT-1", "--actions", file)).ExitCode.ShouldBe(4);
        (await command.RunAsync("actions", "propose", "INC-NONE", "1", "1", "--actions", file)).ExitCode.ShouldBe(4);

        await File.WriteAllTextAsync(file, example.Replace("/usr/local/bin/scale", "/bin/bash", StringComparison.Ordinal));
        var (wrong, _, error) = await command.RunAsync("actions", "list", "--actions", file);
        wrong.ShouldBe(2);
        error.ShouldContain("scale-service: bash");
    }
}
