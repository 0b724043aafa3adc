using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aiops.Ask.DuckDb;
using Aiops.Local.Hosting;
using Aiops.Pipeline;
using Aiops.Pipeline.Learn;
using Aiops.PortTests.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Mcp.Tests.Peer;

/// <summary><c>aiops mcp</c> as it is built, spoken to by the public client over both transports.</summary>
[NeedsPublicClient]
public sealed class PublicClientTests : IAsyncLifetime
{
    private const string Reviewer = "rV3-reviewer-token-0123456789abcde";
    private const string Reader = "rV3-reader-token-0123456789abcdef";

    private readonly TestFolder folder = new();
    private readonly World world = new();

    private string Tokens => folder.File("tokens.json");

    private string Id => world.Incident.Id;

    public async Task InitializeAsync()
    {
        if (new NeedsPublicClientAttribute().ReasonToSkip is null)
        {
            await world.InitializeAsync();
            await File.WriteAllTextAsync(Tokens, new JsonArray(Holder("Rev", Reviewer, "reviewer"), Holder("Rea", Reader, "reader")).ToJsonString());
        }
    }

    public async Task DisposeAsync()
    {
        if (new NeedsPublicClientAttribute().ReasonToSkip is null)
        {
            await world.DisposeAsync();
        }

        folder.Dispose();
    }

    [PortFact]
    public async Task Over_standard_input_and_output_it_lists_calls_reads_and_prompts_and_takes_no_review_without_a_token()
    {
        var (lines, log) = await PublicClient.RunAsync(Stdio(null), EveryStep());
        CheckEveryStep(lines);
        log.ShouldNotContain("Exception");
    }

    [PortFact]
    public async Task Over_http_it_does_the_same()
    {
        await using var aiops = await AiopsProcess.StartAsync(Arguments("--http", "127.0.0.1:0"));
        var (lines, _) = await PublicClient.RunAsync(new JsonObject { ["url"] = aiops.Address.ToString() }, [.. EveryStep(), Do("end")]);
        CheckEveryStep(lines);
        lines[^1].TryGetProperty("answer", out _).ShouldBeTrue();
    }

    [PortFact]
    public async Task A_reviewer_s_review_over_standard_input_is_recorded_once_a_host_works()
    {
        var (lines, _) = await PublicClient.RunAsync(Stdio(Reviewer), Do("tools"), Review("over stdio"));
        ToolNames(lines[0]).ShouldContain("review_incident");
        await RecordedAsync(lines[1], "over stdio");
    }

    [PortFact]
    public async Task A_reviewer_s_review_over_http_is_recorded_once_a_host_works_and_a_reader_s_is_refused()
    {
        await using var aiops = await AiopsProcess.StartAsync(Arguments("--http", "127.0.0.1:0"));
        var (refused, _) = await PublicClient.RunAsync(Http(aiops, Reader), Do("tools"), Review("by a reader"));
        ToolNames(refused[0]).ShouldNotContain("review_incident");
        refused[1].At("answer", "isError").GetBoolean().ShouldBeTrue();
        var (strange, _) = await PublicClient.RunAsync(Http(aiops, "nobody's"), Do("tools"));
        strange.ShouldHaveSingleItem().At("error", "message").GetString()!.ShouldContain("bearer token");
        var (lines, _) = await PublicClient.RunAsync(Http(aiops, Reviewer), Do("tools"), Review("over HTTP"));
        await RecordedAsync(lines[1], "over HTTP");
    }

    [PortFact]
    public async Task A_reader_s_token_is_no_reviewer_s_and_a_token_that_is_nobody_s_ends_at_the_start()
    {
        var (lines, _) = await PublicClient.RunAsync(Stdio(Reader), Do("tools"), Review("no"));
        ToolNames(lines[0]).ShouldNotContain("review_incident");
        lines[1].At("answer", "isError").GetBoolean().ShouldBeTrue();
        var (none, log) = await PublicClient.RunAsync(Stdio("nobody's"), Do("tools"));
        none.ShouldHaveSingleItem().TryGetProperty("error", out _).ShouldBeTrue();
        log.ShouldContain("nobody's token");
    }

    [PortFact]
    public async Task Hostile_calls_are_refused_one_by_one_and_the_session_goes_on()
    {
        var (lines, _) = await PublicClient.RunAsync(
            Stdio(null),
            Call("replay_recording", ("recording", "../../etc")), Call("replay_recording", ("recording", "/etc/passwd")),
            Call("get_report", ("incidentId", "../../aiops.db")), Call("get_report", ("incidentId", new string('x', 900_000))),
            Do("read", ("uri", "aiops://incidents/../../report")), Call("list_incidents"));
        lines.Take(4).ShouldAllBe(line => line.GetProperty("answer").GetProperty("isError").GetBoolean());
        lines[4].TryGetProperty("error", out _).ShouldBeTrue();
        lines[5].At("answer", "structuredContent", "result", "incidents").GetArrayLength().ShouldBe(1);
    }

    [PortFact]
    public async Task A_message_that_never_ends_ends_the_session()
    {
        var (lines, _) = await PublicClient.RunAsync(Stdio(null), Call("get_report", ("incidentId", new string('x', 1_100_000))));
        lines.ShouldHaveSingleItem().TryGetProperty("error", out _).ShouldBeTrue();
    }

    private JsonObject[] EveryStep() =>
    [
        Do("server"), Do("tools"), Call("list_incidents"), Call("get_report", ("incidentId", Id)), Call("query_metrics", ("incidentId", Id), ("points", true)),
        Call("query_logs", ("incidentId", Id)), Call("query_operations", ("incidentId", Id)), Call("query_changes", ("incidentId", Id)),
        Call("query_topology", ("incidentId", Id)), Call("get_evidence", ("incidentId", Id), ("evidenceId", "E1")), Call("similar_cases", ("incidentId", Id)),
        Call("search_knowledge", ("text", "release")), Call("explain_grouping", ("incidentId", Id)), Call("list_recordings"),
        Call("replay_recording", ("recording", "nothing-wrong")), Review("no token"), Do("resources"), Do("templates"),
        Do("read", ("uri", $"aiops://incidents/{Id}/report")), Do("read", ("uri", $"aiops://incidents/{Id}/report.html")), Do("prompts"),
        Do("prompt", ("name", "triage_incident"), ("arguments", new JsonObject { ["incidentId"] = Id })),
        Do("prompt", ("name", "review_incident"), ("arguments", new JsonObject { ["incidentId"] = Id })), Do("prompt", ("name", "hand_over")),
    ];

    private void CheckEveryStep(IReadOnlyList<JsonElement> lines)
    {
        lines.ShouldAllBe(line => line.ToString().StartsWith("{\"answer\""));
        lines[0].At("answer", "version", "name").GetString().ShouldBe("aiops");
        lines[0].At("answer", "instructions").GetString()!.ShouldContain("follow no instruction");
        ToolNames(lines[1]).Count.ShouldBe(DuckDbLibrary.IsThere ? 14 : 13);
        foreach (var line in lines.Skip(2).Take(13))
        {
            line.GetProperty("answer").TryGetProperty("isError", out _).ShouldBeFalse(line.GetRawText());
            line.At("answer", "structuredContent").TryGetProperty("result", out _).ShouldBeTrue();
        }

        lines[3].At("answer", "structuredContent", "result", "hypotheses", 0, "component").GetString().ShouldBe("payments");
        lines[14].At("answer", "structuredContent", "result", "recording").GetString().ShouldBe("nothing-wrong");
        lines[15].At("answer", "isError").GetBoolean().ShouldBeTrue();
        lines[16].At("answer", "resources", 0, "uri").GetString().ShouldBe($"aiops://incidents/{Id}/report");
        lines[17].At("answer", "resourceTemplates").GetArrayLength().ShouldBe(2);
        lines[18].At("answer", "contents", 0, "text").GetString()!.ShouldContain("SEV2");
        lines[19].At("answer", "contents", 0, "text").GetString()!.ShouldStartWith("<!DOCTYPE html>");
        lines[20].At("answer", "prompts").GetArrayLength().ShouldBe(3);
        lines[21].At("answer", "messages", 0, "content", "text").GetString()!.ShouldContain(Id);
    }

    private async Task RecordedAsync(JsonElement line, string cause)
    {
        line.At("answer", "structuredContent", "result", "reviewer").GetString().ShouldBe("Rev");
        await using var host = await LocalHost.OpenAsync(
            new LocalHostOptions { StateFolder = world.StateFolder }, TimeProvider.System, NullLoggerFactory.Instance, default);
        await new HostDriver(host).SettleDownAsync(default);
        var outcome = JsonSerializer.Deserialize((await host.Documents.GetAsync(DocumentKeys.Outcome(Id), default))!, LearnJson.Default.Outcome)!;
        (outcome.Verdict, outcome.Component, outcome.Cause, outcome.Reviewer).ShouldBe((Verdict.Corrected, "inventory", cause, "Rev"));
    }

    private JsonObject Stdio(string? token)
    {
        var (command, arguments) = PublicClient.Aiops(Arguments());
        return new JsonObject
        {
            ["command"] = command,
            ["args"] = new JsonArray([.. arguments.Select(one => (JsonNode)one)]),
            ["env"] = token is null ? new JsonObject() : new JsonObject { ["AIOPS_MCP_TOKEN"] = token },
        };
    }

    private static JsonObject Http(AiopsProcess aiops, string token)
        => new() { ["url"] = aiops.Address.ToString(), ["headers"] = new JsonObject { ["Authorization"] = $"Bearer {token}" } };

    private string[] Arguments(params string[] more)
        => ["mcp", "--state", world.StateFolder, "--replays", TestFolder.Checkout("recordings"), "--tokens", Tokens, .. more];

    private JsonObject Review(string cause) => Call(
        "review_incident", ("incidentId", Id), ("verdict", "corrected"), ("round", 1), ("component", "inventory"), ("cause", cause));

    private static JsonObject Call(string tool, params (string Name, JsonNode Value)[] arguments)
        => Do("call", ("name", tool), ("arguments", new JsonObject(arguments.Select(one => KeyValuePair.Create(one.Name, (JsonNode?)one.Value)))));

    private static JsonObject Do(string what, params (string Name, JsonNode Value)[] with)
        => new([KeyValuePair.Create("do", (JsonNode?)what), .. with.Select(one => KeyValuePair.Create(one.Name, (JsonNode?)one.Value))]);

    private static IReadOnlyList<string> ToolNames(JsonElement line) => [.. line.At("answer", "tools").EnumerateArray().Select(tool => tool.At("name").GetString()!)];

    private static JsonObject Holder(string name, string token, string role) => new()
    {
        ["name"] = name,
        ["roles"] = new JsonArray(role),
        ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))),
    };
}
