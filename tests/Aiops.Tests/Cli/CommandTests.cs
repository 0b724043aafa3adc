using System.Text;
using System.Text.Json.Nodes;
using Aiops.Local.Recordings;

namespace Aiops.Tests.Cli;

public sealed class CommandTests : IDisposable
{
    private readonly CommandRun command = new();

    public void Dispose() => command.Dispose();

    public static TheoryData<string> Samples => [.. Directory.EnumerateFiles(TestPaths.Events, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(TestPaths.Root, file))];

    public static TheoryData<string> Recordings => [.. Directory.EnumerateDirectories(Path.Combine(TestPaths.Root, "recordings")).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Each_sample_is_handled_into_one_object_with_a_known_outcome(string sample)
    {
        var (exitCode, output, error) = await command.RunAsync("handle", sample, "--json");
        var handled = JsonNode.Parse(output)!.AsObject();
        error.ShouldBeEmpty();
        var outcome = handled["outcome"]!.GetValue<string>();
        outcome.ShouldBeOneOf("opened", "joined", "duplicate", "held", "suppressed", "resolved", "ignored", "deadlettered");
        exitCode.ShouldBe(output.Contains("\"deadlettered\"", StringComparison.Ordinal) ? 3 : 0, "3 also where only a part was set aside");
        handled["reasons"]!.AsArray().ShouldNotBeEmpty();
        handled.ContainsKey("trigger").ShouldBeTrue();
        handled.ContainsKey("incidentId").ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_event_again_is_a_duplicate_and_its_end_resolves()
    {
        const string Sample = "events/cloudwatch/alarm-metric.json";
        var opened = await HandleAsync(Sample);
        (await HandleAsync(Sample))["outcome"]!.GetValue<string>().ShouldBe("duplicate");
        var ok = File.ReadAllText(Path.Combine(TestPaths.Root, Sample))
            .Replace("\"value\": \"ALARM\"", "\"value\": \"OK\"", StringComparison.Ordinal);
        var (_, output, _) = await command.RunAsync(Encoding.UTF8.GetBytes(Later(ok)), "handle", "-", "--json");
        var resolved = JsonNode.Parse(output)!;
        (opened["outcome"]!.GetValue<string>(), resolved["outcome"]!.GetValue<string>()).ShouldBe(("opened", "resolved"));
        resolved["incidentId"]!.GetValue<string>().ShouldBe(opened["incidentId"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_cannot_be_read_is_set_aside_with_its_reason_and_can_be_redriven()
    {
        var (exitCode, output, _) = await command.RunAsync("{\"hello\":"u8.ToArray(), "handle", "-", "--json");
        exitCode.ShouldBe(3);
        JsonNode.Parse(output)!["outcome"]!.GetValue<string>().ShouldBe("deadlettered");
        var letters = JsonNode.Parse((await command.RunAsync("queue", "dead-letters", "--json")).Output)!.AsArray();
        Encoding.UTF8.GetString(Convert.FromBase64String(letters.ShouldHaveSingleItem()!["body"]!.GetValue<string>())).ShouldBe("{\"hello\":");
        JsonNode.Parse((await command.RunAsync("queue", "redrive", "--json")).Output)!["redriven"]!.GetValue<int>().ShouldBe(1);
        JsonNode.Parse((await command.RunAsync("queue", "status", "--json")).Output)!["routine"]!["visible"]!.GetValue<int>().ShouldBe(1);
    }

    [Theory]
    [InlineData(1_048_576, "not JSON")]
    [InlineData(1_048_577, "larger than 1 MiB")]
    public async Task The_limit_is_held_to_the_byte(int bytes, string said)
    {
        var (exitCode, output, _) = await command.RunAsync(Encoding.UTF8.GetBytes(new string('x', bytes)), "handle", "-", "--json");
        exitCode.ShouldBe(3);
        JsonNode.Parse(output)!["reasons"]![0]!.GetValue<string>().ShouldContain(said, Case.Insensitive);
    }

    [Fact]
    public async Task Damaged_events_are_answers_and_never_our_fault()
    {
        var random = new Random(20261121);
        foreach (var sample in Directory.EnumerateFiles(TestPaths.Events, "*.json", SearchOption.AllDirectories).Where((_, i) => i % 7 == 0))
        {
            var bytes = await File.ReadAllBytesAsync(sample);
            byte[][] damaged = [bytes[..random.Next(bytes.Length)], [.. bytes, 0xff, 0xfe], [.. bytes.Select(b => b == (byte)'"' && random.Next(9) == 0 ? (byte)'7' : b)], []];
            foreach (var body in damaged)
            {
                var (exitCode, output, _) = await command.RunAsync(body, "handle", "-", "--json");
                exitCode.ShouldBeOneOf(0, 3);
                JsonNode.Parse(output)!["outcome"].ShouldNotBeNull();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Each_demo_recording_is_diagnosed_as_what_it_was_made_to_be(string name)
    {
        var folder = Path.Combine(TestPaths.Root, "recordings", name);
        var (exitCode, output, _) = await command.RunAsync("replay", folder, "--json");
        exitCode.ShouldBe(0);
        var incident = JsonNode.Parse(output)!["incidents"]!.AsArray().ShouldHaveSingleItem()!;
        var truth = RecordingTruth.Read(new FolderFiles(folder))!;
        var first = incident["hypotheses"]!.AsArray().FirstOrDefault()?["component"]!.GetValue<string>();
        first.ShouldBe(truth.Component);
        File.Exists(incident["report"]!.GetValue<string>()).ShouldBeTrue();
    }

    [Fact]
    public async Task An_event_goes_through_to_its_comment_with_the_telemetry_of_a_recording()
    {
        var recording = Recording.Open(Path.Combine(TestPaths.Root, "recordings", "bad-deployment"));
        var events = recording.EventsAsync(CancellationToken.None).GetAsyncEnumerator();
        (await events.MoveNextAsync()).ShouldBeTrue();
        var (exitCode, output, error) = await command.RunAsync(
            events.Current.Body.ToArray(), "handle", "-", "--wait", "--json", "--telemetry", "recordings/bad-deployment");
        exitCode.ShouldBe(0, error);
        var handled = JsonNode.Parse(output)!;
        File.Exists(handled["ticket"]!["reportPath"]!.GetValue<string>()).ShouldBeTrue();
        var shown = JsonNode.Parse((await command.RunAsync("incidents", "show", handled["incidentId"]!.GetValue<string>(), "--json")).Output)!;
        shown["comment"]!.GetValue<string>().ShouldContain("payments");
        (await command.RunAsync("explain", handled["incidentId"]!.GetValue<string>())).Output.ShouldContain("opened");
    }

    [Fact]
    public async Task Incidents_are_linked_split_and_reopened_by_people()
    {
        var first = (await HandleAsync("events/cloudwatch/alarm-metric.json"))["incidentId"]!.GetValue<string>();
        (await command.RunAsync("incidents", "link", first, "INC-NONE")).ExitCode.ShouldNotBe(0);
        (await command.RunAsync("incidents", "split", first, "nothing-of-it")).ExitCode.ShouldBe(3);
        (await command.RunAsync("incidents", "reopen", "INC-NONE")).ExitCode.ShouldBe(4);
    }

    [Fact]
    public async Task A_maintenance_window_suppresses_by_its_name_and_a_wrong_file_is_refused_with_its_path()
    {
        var good = Path.Combine(command.Folder, "windows.json");
        await File.WriteAllTextAsync(good, """{"windows":[{"id":"upgrade","reason":"Upgrade","start":"2020-01-01T00:00:00Z","end":"2100-01-01T00:00:00Z","match":{"title":"*"}}]}""");
        var (_, output, _) = await command.RunAsync("handle", "events/cloudwatch/alarm-metric.json", "--json", "--maintenance", good);
        var handled = JsonNode.Parse(output)!;
        handled["outcome"]!.GetValue<string>().ShouldBe("suppressed");
        handled["reasons"]!.ToJsonString().ShouldContain("upgrade");

        var wrong = Path.Combine(command.Folder, "wrong.json");
        await File.WriteAllTextAsync(wrong, """{"windows":[{"id":"x"}]}""");
        var (exitCode, _, error) = await command.RunAsync("handle", "events/cloudwatch/alarm-metric.json", "--maintenance", wrong);
        exitCode.ShouldBe(2);
        error.ReplaceLineEndings(" ").ShouldContain("$.windows[0]");
    }

    [Theory]
    [InlineData(4, "handle", "no-such-file.json")]
    [InlineData(4, "replay", "no-such-recording")]
    [InlineData(4, "incidents", "show", "INC-NONE")]
    [InlineData(4, "explain", "nothing")]
    [InlineData(4, "demo", "--recording", "none")]
    [InlineData(3, "import", "petshop", "docs")]
    [InlineData(2, "handle", "x", "--no-such-option")]
    [InlineData(2, "no-such-command")]
    [InlineData(4, "record", "INC-1", "--out", "x", "--source", "cloudwatch")]
    public async Task A_users_mistake_has_its_exit_code_and_no_stack_trace(int expected, params string[] arguments)
    {
        var (exitCode, output, error) = await command.RunAsync(arguments);
        exitCode.ShouldBe(expected, output + error);
        (output + error).ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_state_folder_that_is_not_ours_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(command.State);
        var file = Path.Combine(command.State, "aiops.db");
        await File.WriteAllTextAsync(file, "somebody else's notes");
        (await command.RunAsync("doctor")).ExitCode.ShouldBe(5);
        (await File.ReadAllTextAsync(file)).ShouldBe("somebody else's notes");
    }

    [Fact]
    public async Task The_doctor_says_what_is_missing()
    {
        var found = JsonNode.Parse((await command.RunAsync("doctor", "--json")).Output)!.AsArray();
        found.Single(one => one!["what"]!.GetValue<string>() == "telemetry")!["status"]!.GetValue<string>().ShouldBe("missing");
        found.Single(one => one!["what"]!.GetValue<string>() == "playbooks")!["status"]!.GetValue<string>().ShouldBe("ok");
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("handle")]
    [InlineData("replay")]
    [InlineData("serve")]
    [InlineData("explain")]
    public async Task Help_shows_an_example(string name)
        => (await command.RunAsync(name, "--help")).Output.ShouldContain("xample");

    private async Task<JsonNode> HandleAsync(string sample) => JsonNode.Parse((await command.RunAsync("handle", sample, "--json")).Output)!;

    // The state's own times moved on, so that the end comes after the beginning.
    private static string Later(string json)
    {
        var node = JsonNode.Parse(json)!;
        node["id"] = "another-message";
        var state = node["detail"]!["state"]!;
        state["timestamp"] = "2099-01-01T00:00:00.000+0000";
        return node.ToJsonString();
    }
}
