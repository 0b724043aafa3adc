using System.Text.Json.Nodes;
using Aiops.Ask.DuckDb;
using Aiops.Ask.Feeds;
using Aiops.Cli.Mcp;
using Aiops.Pipeline.Reason.Models;
using Aiops.PortTests.Running;

namespace Aiops.Mcp.Tests;

public sealed class AskTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task An_answer_of_too_many_rows_is_cut_and_says_so()
    {
        var client = await world.ConnectAsync(ports: world.Ports with { Questions = new Told(row => new string('x', 1_000), 200) });
        var answer = (await client.AskAsync("ask", ("question", "everything?"))).At("result");
        answer.At("rows").GetArrayLength().ShouldBeInRange(10, 64);
        answer.At("isCut").GetBoolean().ShouldBeTrue();
        answer.TryGetProperty("chart", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task An_answer_that_fits_stays_whole_and_masked()
    {
        var client = await world.ConnectAsync(ports: world.Ports with { Questions = new Told(row => $"row {row} token=aZ3xQ9kL7baZ3xQ9kL7b", 200) });
        var answer = (await client.AskAsync("ask", ("question", "everything?"))).At("result");
        answer.At("rows").GetArrayLength().ShouldBe(200);
        answer.At("isCut").GetBoolean().ShouldBeFalse();
        answer.GetRawText().ShouldNotContain("aZ3xQ9kL7b");
        (await client.RefusedAsync("ask", ("question", new string('q', 2_001)))).ShouldContain("2000");
    }

    [Fact]
    public async Task Without_an_engine_for_questions_the_tool_is_not_there()
    {
        var client = await world.ConnectAsync();
        (await client.ListToolsAsync()).ShouldNotContain(tool => tool.Name == "ask");
    }

    private sealed class Told(Func<int, string> text, int rows) : IQuestions
    {
        public Task<JsonObject> AskAsync(string question, CancellationToken cancellationToken) => Task.FromResult(new JsonObject
        {
            ["kind"] = "answered",
            ["sql"] = "SELECT 1",
            ["rows"] = new JsonArray([.. Enumerable.Range(0, rows).Select(row => (JsonNode)new JsonArray(text(row)))]),
            ["isCut"] = false,
            ["chart"] = "<svg/>",
        });
    }
}

[NeedsDuckDb]
public sealed class StoreQuestionsTests(World world) : IClassFixture<World>
{
    [PortFact]
    public async Task A_question_is_answered_from_the_store_with_the_sql_that_ran_and_no_model()
    {
        using StoreQuestions questions = new(
            [new IncidentFeed(world.Host.Incidents, world.Host.Documents, world.Host.Cases)], _ => Task.FromResult<MeteredModel?>(null), TimeProvider.System);
        var client = await world.ConnectAsync(ports: world.Ports with { Questions = questions });
        for (var i = 0; i < 2; i++) // Read once, and asked twice.
        {
            var answer = (await client.AskAsync("ask", ("question", "How many incidents of each severity were there?"))).At("result");
            answer.At("kind").GetString().ShouldBe("answered", answer.GetRawText());
            answer.At("sql").GetString()!.ShouldContain("incidents");
            answer.At("rows").GetRawText().ShouldContain("sev2");
        }
    }

    [PortFact]
    public async Task What_it_does_not_understand_is_said_and_never_made_up()
    {
        using StoreQuestions questions = new(
            [new IncidentFeed(world.Host.Incidents, world.Host.Documents, world.Host.Cases)], _ => Task.FromResult<MeteredModel?>(null), TimeProvider.System);
        var client = await world.ConnectAsync(ports: world.Ports with { Questions = questions });
        (await client.AskAsync("ask", ("question", "; drop table incidents"))).At("result", "kind").GetString().ShouldNotBe("answered");
    }
}

/// <summary>Its tests need DuckDB's library.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsDuckDbAttribute : NeedsAttribute
{
    public override string? ReasonToSkip => RequireAll || DuckDbLibrary.IsThere ? null : DuckDbLibrary.Remedy;
}
