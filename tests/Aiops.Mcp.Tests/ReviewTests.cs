using System.Text.Json;
using Aiops.Pipeline;
using Aiops.Pipeline.Learn;

namespace Aiops.Mcp.Tests;

public sealed class ReviewTests : IAsyncLifetime
{
    private static readonly McpCaller Reviewer = new("1", "Rev Iewer", MayReview: true);

    private readonly World world = new();

    public Task InitializeAsync() => world.InitializeAsync();

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Without_a_reviewer_s_token_the_tool_is_neither_listed_nor_answers()
    {
        foreach (var caller in new[] { null, new McpCaller("2", "Rea Der", MayReview: false) })
        {
            var client = await world.ConnectAsync(() => caller);
            (await client.ListToolsAsync()).ShouldNotContain(tool => tool.Name == "review_incident");
            (await ReviewAsync(client, "rejected")).ShouldContain("reviewer's token");
        }

        await world.WorkAsync();
        (await OutcomeAsync()).Verdict.ShouldNotBe(Verdict.Rejected);
    }

    [Fact]
    public async Task A_reviewer_s_word_is_recorded_under_their_own_name_and_becomes_a_case()
    {
        var client = await world.ConnectAsync(() => Reviewer);
        var tool = (await client.ListToolsAsync()).Single(one => one.Name == "review_incident");
        tool.ProtocolTool.Annotations!.ReadOnlyHint.ShouldBe(false);
        tool.JsonSchema.GetRawText().ShouldNotContain("token");

        var answer = await client.AskAsync(
            "review_incident", ("incidentId", world.Incident.Id), ("verdict", "corrected"), ("round", 1), ("component", "inventory"), ("cause", "a lock"),
            ("severity", "sev3"), ("minutesToMitigate", 12));
        answer.At("result", "reviewer").GetString().ShouldBe("Rev Iewer");
        await world.WorkAsync();

        var outcome = await OutcomeAsync();
        (outcome.Verdict, outcome.Component, outcome.Cause, outcome.Reviewer, outcome.Severity, outcome.TimeToMitigate)
            .ShouldBe((Verdict.Corrected, "inventory", "a lock", "Rev Iewer", Severity.Sev3, TimeSpan.FromMinutes(12)));
        (await world.Host.Cases.FindAsync(world.Ports.KnowledgeScope, world.Incident.Id, default))!.Case.Component.ShouldBe("inventory");
        (await client.AskAsync("list_incidents")).At("result", "incidents", 0, "reviewed").GetString().ShouldBe("corrected");
    }

    [Fact]
    public async Task A_confirmed_review_names_what_the_analysis_named()
    {
        var client = await world.ConnectAsync(() => Reviewer);
        await client.AskAsync("review_incident", ("incidentId", world.Incident.Id), ("verdict", "confirmed"), ("round", 1));
        await world.WorkAsync();
        (await OutcomeAsync()).Component.ShouldBe("payments");
    }

    [Fact]
    public async Task A_token_that_is_taken_back_ends_reviewing_in_the_session_that_it_opened()
    {
        McpCaller? caller = Reviewer;
        var client = await world.ConnectAsync(() => caller);
        caller = null;
        (await ReviewAsync(client, "rejected")).ShouldContain("reviewer's token");
        caller = Reviewer with { MayReview = false };
        (await ReviewAsync(client, "rejected")).ShouldContain("reviewer's token");
    }

    [Fact]
    public async Task What_is_no_judgement_is_refused_and_records_nothing()
    {
        var client = await world.ConnectAsync(() => Reviewer);
        (await ReviewAsync(client, "corrected")).ShouldContain("Name the true cause");
        (await ReviewAsync(client, "resolved")).ShouldContain("confirmed, corrected, rejected");
        (await ReviewAsync(client, "rejected", ("round", 2))).ShouldContain("newest analysis is 1");
        (await ReviewAsync(client, "rejected", ("helped", new[] { "drop-the-database" }))).ShouldContain("recommended");
        (await ReviewAsync(client, "rejected", ("cause", new string('c', 4_001)))).ShouldContain("4000");
        (await ReviewAsync(client, "rejected", ("reviewer", "Somebody Else"))).ShouldContain("no argument reviewer");
        (await ReviewAsync(client, "rejected", ("minutesToMitigate", 43_201))).ShouldContain("43200");
        await world.WorkAsync();
        (await OutcomeAsync()).Verdict.ShouldNotBe(Verdict.Rejected);
    }

    private async Task<string> ReviewAsync(ModelContextProtocol.Client.McpClient client, string verdict, params (string, object)[] more)
    {
        Dictionary<string, object> arguments = new() { ["incidentId"] = world.Incident.Id, ["verdict"] = verdict, ["round"] = 1 };
        foreach (var (name, value) in more)
        {
            arguments[name] = value;
        }

        return await client.RefusedAsync("review_incident", [.. arguments.Select(one => (one.Key, one.Value))]);
    }

    private async Task<Outcome> OutcomeAsync()
        => JsonSerializer.Deserialize((await world.Host.Documents.GetAsync(DocumentKeys.Outcome(world.Incident.Id), default))!, LearnJson.Default.Outcome)!;
}
