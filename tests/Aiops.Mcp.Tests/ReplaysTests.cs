using System.IO.Compression;
using Aiops.Cli.Mcp;

namespace Aiops.Mcp.Tests;

public sealed class ReplaysTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_recording_of_the_folder_is_replayed_and_finds_what_it_found_before()
    {
        RecordingReplays replays = new(TestFolder.Checkout("recordings"));
        replays.List().ShouldBe(["bad-deployment", "database-out-of-connections", "nothing-wrong", "service-scaled-to-zero", "throttled-table"]);
        var replayed = await replays.RunAsync("bad-deployment", default);
        replayed.Simulated.ShouldBeTrue();
        replayed.Reports.ShouldHaveSingleItem().Diagnosis.Hypotheses[0].Component.ShouldBe("payments");
    }

    [Theory]
    [InlineData("../recordings/bad-deployment")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("bad-deployment/")]
    [InlineData("./bad-deployment")]
    [InlineData("/etc")]
    [InlineData("bad-deployment\0")]
    [InlineData("BAD-DEPLOYMENT")]
    [InlineData("..\\recordings\\bad-deployment")]
    [InlineData("%2e%2e/bad-deployment")]
    public async Task A_name_that_isn_t_listed_leads_nowhere(string name)
        => (await Should.ThrowAsync<ToolRefusedException>(() => new RecordingReplays(TestFolder.Checkout("recordings")).RunAsync(name, default)))
            .Message.ShouldContain("no such recording");

    [Fact]
    public async Task A_link_that_leads_out_of_the_folder_is_not_there()
    {
        Directory.CreateSymbolicLink(folder.File("linked"), TestFolder.Checkout("recordings", "bad-deployment"));
        RecordingReplays replays = new(folder.Path);
        replays.List().ShouldBeEmpty();
        await Should.ThrowAsync<ToolRefusedException>(() => replays.RunAsync("linked", default));
    }

    [Fact]
    public async Task A_zip_that_is_none_is_refused_and_the_next_replay_runs()
    {
        await File.WriteAllTextAsync(folder.File("broken.zip"), "no zip");
        ZipFile.CreateFromDirectory(TestFolder.Checkout("recordings", "nothing-wrong"), folder.File("fine.zip"));
        RecordingReplays replays = new(folder.Path);
        (await Should.ThrowAsync<ToolRefusedException>(() => replays.RunAsync("broken.zip", default))).Message.ShouldContain("can't be read");
        (await replays.RunAsync("fine.zip", default)).Reports.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_replay_that_was_given_up_leaves_its_turn_to_the_next()
    {
        RecordingReplays replays = new(TestFolder.Checkout("recordings"));
        using CancellationTokenSource over = new();
        var given = replays.RunAsync("bad-deployment", over.Token);
        await over.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(given);
        (await replays.RunAsync("nothing-wrong", default)).Recording.ShouldBe("nothing-wrong");
    }

    [Fact]
    public async Task While_one_replays_another_is_refused_by_the_tool_too()
    {
        await using World world = new();
        await world.InitializeAsync();
        Held replays = new();
        var client = await world.ConnectAsync(ports: world.Ports with { Replays = replays });
        (await client.ListToolsAsync()).Select(tool => tool.Name).ShouldContain("replay_recording");
        (await client.RefusedAsync("replay_recording", ("recording", "x"))).ShouldBe("Another replay is under way.");
        (await client.AskAsync("list_recordings")).At("result", "recordings", 0).GetString().ShouldBe("x");
    }

    private sealed class Held : IReplays
    {
        public IReadOnlyList<string> List() => ["x"];

        public Task<Replayed> RunAsync(string name, CancellationToken cancellationToken) => throw new ToolRefusedException("Another replay is under way.");
    }
}
