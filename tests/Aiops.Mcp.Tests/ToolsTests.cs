namespace Aiops.Mcp.Tests;

public sealed class ToolsTests(World world) : IClassFixture<World>
{
    private string Id => world.Incident.Id;

    [Fact]
    public async Task Every_tool_only_reads_and_says_so_where_nobody_is_named()
    {
        var client = await world.ConnectAsync();
        var tools = await client.ListToolsAsync();
        tools.Select(tool => tool.Name).ShouldBe(
            [
                "explain_grouping", "get_evidence", "get_report", "list_incidents", "query_changes", "query_logs", "query_metrics", "query_operations",
                "query_topology", "search_knowledge", "similar_cases",
            ],
            ignoreOrder: true);
        tools.ShouldAllBe(tool => tool.ProtocolTool.Annotations!.ReadOnlyHint == true && tool.ProtocolTool.Annotations.DestructiveHint == false);
        tools.ShouldAllBe(tool => !tool.JsonSchema.GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public async Task A_listed_incident_tells_its_cause_and_that_nobody_judged_it()
    {
        var client = await world.ConnectAsync();
        var listed = (await client.AskAsync("list_incidents", ("unreviewed", true))).At("result", "incidents");
        listed.GetArrayLength().ShouldBe(1);
        listed.At(0, "id").GetString().ShouldBe(Id);
        listed.At(0, "suspect").GetString().ShouldBe("payments");
        listed[0].TryGetProperty("reviewed", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("status", "closed", 1)]
    [InlineData("status", "open", 0)]
    [InlineData("severity", "sev2", 1)]
    [InlineData("severity", "sev1", 0)]
    [InlineData("service", "payments", 1)]
    [InlineData("service", "pay", 0)]
    [InlineData("text", "CHECKOUT errors", 1)]
    [InlineData("text", "checkout elephants", 0)]
    [InlineData("since", "2026-03-24T14:20:00Z", 1)]
    [InlineData("since", "2026-03-25", 0)]
    public async Task A_filter_narrows_by_what_it_names(string filter, string value, int found)
    {
        var client = await world.ConnectAsync();
        (await client.AskAsync("list_incidents", (filter, value))).At("result", "incidents").GetArrayLength().ShouldBe(found);
    }

    [Fact]
    public async Task A_report_ranks_causes_and_cites_evidence_that_can_be_asked_for()
    {
        var client = await world.ConnectAsync();
        var report = (await client.AskAsync("get_report", ("incidentId", Id))).At("result");
        report.At("classification", "severity").GetString().ShouldBe("sev2");
        report.At("comment").GetString()!.ShouldContain("SEV2");
        var first = report.At("hypotheses", 0);
        first.At("component").GetString().ShouldBe("payments");
        foreach (var cited in first.At("for").EnumerateArray())
        {
            var evidence = (await client.AskAsync("get_evidence", ("incidentId", Id), ("evidenceId", cited.At("id").GetString()!))).At("result");
            evidence.At("evidence", "statement").GetString().ShouldBe(cited.At("statement").GetString());
            evidence.At("citedFor").EnumerateArray().Select(rank => rank.GetInt32()).ShouldContain(1);
            evidence.At("evidence", "provenance", "query").GetString().ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public async Task The_comment_alone_is_the_ticket_s_to_the_letter_and_fenced()
    {
        var client = await world.ConnectAsync();
        var text = (await client.TryAsync("get_report", ("incidentId", Id), ("form", "comment"))).Text();
        text.ShouldContain((await world.Host.Tickets.GetAsync(Id, default))!.Comment!);
        text.ShouldStartWith("Between the two lines DATA-");
    }

    [Theory]
    [InlineData("query_metrics")]
    [InlineData("query_logs")]
    [InlineData("query_operations")]
    [InlineData("query_topology")]
    public async Task A_list_that_is_paged_one_by_one_tells_the_same_as_at_once_and_each_entry_once(string tool)
    {
        var client = await world.ConnectAsync();
        var total = (await client.AskAsync(tool, ("incidentId", Id), ("limit", 100))).At("result", "total").GetInt32();
        total.ShouldBeGreaterThan(1);
        var many = await EntriesAsync(client, tool, 100);
        many.Count.ShouldBe(total);
        (await EntriesAsync(client, tool, 3)).ShouldBe(many);
        many.Distinct().Count().ShouldBe(total);
    }

    [Fact]
    public async Task A_metric_tells_both_periods_and_its_points_where_they_are_asked_for()
    {
        var client = await world.ConnectAsync();
        var metric = (await client.AskAsync("query_metrics", ("incidentId", Id), ("component", "payments"), ("points", true), ("limit", 1))).At("result", "entries", 0);
        metric.At("component").GetString().ShouldBe("payments");
        metric.At("before", "samples").GetInt32().ShouldBeGreaterThan(0);
        metric.At("during", "mean").GetDouble().ShouldNotBe(metric.At("before", "mean").GetDouble());
        metric.At("points").GetArrayLength().ShouldBeInRange(2, 60);
    }

    [Fact]
    public async Task Changes_topology_and_similar_cases_are_the_analysis_s_own()
    {
        var client = await world.ConnectAsync();
        (await client.AskAsync("query_changes", ("incidentId", Id), ("component", "payments"))).At("result", "entries", 0, "kind").GetString().ShouldBe("Deployment");
        (await client.AskAsync("query_topology", ("incidentId", Id), ("component", "payments"))).At("result", "entries", 0, "calledBy")
            .EnumerateArray().Select(one => one.GetString()).ShouldContain("checkout");
        (await client.AskAsync("similar_cases", ("incidentId", Id))).At("result", "cases", 0, "incidentId").GetString().ShouldBe("INC-1017");
        (await client.AskAsync("search_knowledge", ("text", "failing after a release"))).At("result", "found", 0, "id").GetString().ShouldBe("INC-1017");
        (await client.AskAsync("search_knowledge", ("text", "failing after a release"), ("kind", "document"))).At("result", "found").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Grouping_is_explained_with_the_score_that_decided_by_incident_and_by_alarm()
    {
        var client = await world.ConnectAsync();
        var all = (await client.AskAsync("explain_grouping", ("incidentId", Id), ("limit", 100))).At("result", "decisions").EnumerateArray().ToList();
        all[0].At("outcome").GetString().ShouldBe("opened");
        var joined = all.First(one => one.At("outcome").GetString() == "joined");
        var score = joined.At("reasons", 0, "score");
        score.At("total").GetDouble().ShouldBeGreaterThanOrEqualTo(score.At("threshold").GetDouble());
        var ofOne = (await client.AskAsync("explain_grouping", ("alarm", joined.At("subject").GetString()!))).At("result", "decisions");
        ofOne.At(0, "outcome").GetString().ShouldBe("joined");
        (await client.RefusedAsync("explain_grouping")).ShouldContain("either");
        (await client.RefusedAsync("explain_grouping", ("incidentId", Id), ("alarm", "x"))).ShouldContain("either");
    }

    [Theory]
    [InlineData("INC-NOPE")]
    [InlineData("../../etc/passwd")]
    [InlineData("..")]
    [InlineData("INC-1/../INC-2")]
    [InlineData("INC-1\u0000")]
    [InlineData("' OR 1=1 --")]
    [InlineData("INC-*")]
    public async Task An_id_that_is_none_is_refused_by_every_tool_that_takes_one(string id)
    {
        var client = await world.ConnectAsync(() => new McpCaller("1", "Rev", true));
        foreach (var tool in new[] { "get_report", "query_metrics", "query_logs", "query_operations", "query_changes", "query_topology", "similar_cases" })
        {
            (await client.RefusedAsync(tool, ("incidentId", id))).ShouldContain("no such incident");
        }

        (await client.RefusedAsync("get_evidence", ("incidentId", id), ("evidenceId", "E1"))).ShouldContain("no such incident");
        (await client.RefusedAsync("review_incident", ("incidentId", id), ("verdict", "rejected"), ("round", 1))).ShouldContain("no such incident");
        (await client.RefusedAsync("explain_grouping", ("incidentId", id))).ShouldContain("Nothing was decided");
    }

    [Fact]
    public async Task An_analysis_or_evidence_that_never_was_is_refused_with_what_there_is()
    {
        var client = await world.ConnectAsync();
        (await client.RefusedAsync("get_report", ("incidentId", Id), ("round", 2))).ShouldContain("newest is 1");
        (await client.RefusedAsync("get_evidence", ("incidentId", Id), ("evidenceId", "E9999"))).ShouldContain("E1 to");
    }

    [Fact]
    public async Task Arguments_that_are_wrong_huge_or_unknown_are_named_in_the_refusal()
    {
        var client = await world.ConnectAsync();
        (await client.RefusedAsync("list_incidents", ("limit", 101))).ShouldBe("The argument limit must be a whole number from 1 to 100.");
        (await client.RefusedAsync("list_incidents", ("limit", 0))).ShouldContain("limit");
        (await client.AskAsync("list_incidents", ("limit", 100))).At("result", "incidents").GetArrayLength().ShouldBe(1);
        (await client.RefusedAsync("list_incidents", ("limit", "ten"))).ShouldContain("limit");
        (await client.RefusedAsync("list_incidents", ("status", "burning"))).ShouldContain("open, resolved, closed");
        (await client.RefusedAsync("list_incidents", ("since", "yesterday"))).ShouldContain("ISO 8601");
        (await client.RefusedAsync("list_incidents", ("text", new string('a', 201)))).ShouldContain("at most 200 characters");
        (await client.AskAsync("list_incidents", ("text", new string('a', 200)))).At("result", "incidents").GetArrayLength().ShouldBe(0);
        (await client.RefusedAsync("list_incidents", (new string('x', 10_000), 1))).Length.ShouldBeLessThan(400);
        (await client.RefusedAsync("get_report")).ShouldContain("incidentId is missing");
        (await client.RefusedAsync("get_report", ("incidentId", new string('I', 500_000)))).ShouldContain("at most 100 characters");
        (await client.RefusedAsync("search_knowledge", ("text", ""))).ShouldContain("empty");
        (await client.RefusedAsync("no_such_tool")).ShouldContain("no such tool");
    }

    [Fact]
    public async Task A_cursor_of_another_list_or_of_nobody_s_making_is_refused()
    {
        var client = await world.ConnectAsync();
        var cursor = (await client.AskAsync("query_metrics", ("incidentId", Id), ("limit", 1))).At("nextCursor").GetString()!;
        (await client.RefusedAsync("query_logs", ("incidentId", Id), ("cursor", cursor))).ShouldContain("ask again without it");
        (await client.RefusedAsync("query_metrics", ("incidentId", Id), ("component", "payments"), ("cursor", cursor))).ShouldContain("ask again without it");
        (await client.RefusedAsync("query_metrics", ("incidentId", Id), ("cursor", "!!!"))).ShouldContain("ask again without it");
        (await client.RefusedAsync("query_metrics", ("incidentId", Id), ("cursor", "AAAA"))).ShouldContain("ask again without it");
    }

    private async Task<List<string>> EntriesAsync(ModelContextProtocol.Client.McpClient client, string tool, int limit)
    {
        List<string> entries = [];
        string? cursor = null;
        do
        {
            var answer = cursor is null
                ? await client.AskAsync(tool, ("incidentId", Id), ("limit", limit))
                : await client.AskAsync(tool, ("incidentId", Id), ("limit", limit), ("cursor", cursor));
            var page = answer.At("result", "entries").EnumerateArray().Select(entry => entry.GetRawText()).ToList();
            page.Count.ShouldBeInRange(1, limit);
            entries.AddRange(page);
            cursor = answer.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        return entries;
    }
}
