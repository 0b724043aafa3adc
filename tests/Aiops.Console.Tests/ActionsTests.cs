using System.Net;
using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Aiops.Pipeline.Act;
using Deque.AxeCore.Playwright;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace Aiops.Console.Tests;

/// <summary>An incident that goes on, one of whose recommended steps may be carried out; a reader, a reviewer and an approver.</summary>
public sealed class ActionsTests : IAsyncLifetime
{
    private const string Attack = "<script>window.owned=1</script>\u202E";
    private readonly TestFolder folder = new();
    private World world = null!;
    private ConsoleServer server = null!;
    private Incident incident = null!;

    public async Task InitializeAsync()
    {
        File.WriteAllText(folder.File("actions.json"), $$"""
            { "actions": [ {
                "id": "scale-service", "title": "Sets the number of copies", "for": { "playbook": "ecs-desired-count-zero", "step": 3 }, "maxRisk": "high", "components": ["*"],
                "command": {
                    "executable": "/bin/echo", "arguments": ["{service}={count}"],
                    "dryRunArguments": ["would set {service} to {count} <script>window.owned=1</script> token=aZ3xQ9kL7baZ3xQ9kL7b"] },
                "parameters": { "service": { "from": "component", "pattern": "[a-z][a-z0-9-]{0,40}" }, "count": { "min": 1, "max": 10 } } } ] }
            """);
        world = await World.MakeAsync([Recording.Open(TestFolder.Checkout("recordings", "service-scaled-to-zero"))], actionsFile: folder.File("actions.json"));
        incident = (await world.Host.Incidents.ListAsync(null, 10, default)).First(one => one.Status != IncidentStatus.Closed);
        server = await ConsoleServer.StartAsync(world, new ConsoleOptions { KeyFolder = folder.File("keys"), Tokens = Tokens.OneOfEach(folder.File("tokens.json")) });
        world.Work();
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await world.DisposeAsync();
        folder.Dispose();
    }

    [BrowserFact]
    public async Task One_proposes_another_releases_by_keyboard_alone_what_the_dry_run_showed_and_it_is_on_record()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Shop.LaunchAsync(playwright);
        var reviewer = await PageAsync(browser, Tokens.Reviewer);
        await reviewer.GotoAsync($"/incidents/{incident.Id}");
        await AxeAsync(reviewer);
        await reviewer.FillAsync("#offer-0-count", "4");
        await reviewer.PressAsync("#offer-0-count", "Enter");
        await reviewer.WaitForURLAsync("**/actions/ACT-*");
        await reviewer.PressAsync("#dry-run", "Enter");
        await reviewer.WaitForSelectorAsync("#output");
        (await reviewer.InnerTextAsync("#output")).ShouldContain("would set inventory to 4");
        (await reviewer.Locator("#approve").CountAsync()).ShouldBe(0);

        var approver = await PageAsync(browser, Tokens.Approver);
        await approver.GotoAsync("/actions");
        await approver.ClickAsync("th a");
        await AxeAsync(approver);
        (await approver.EvaluateAsync<bool>("window.owned === undefined")).ShouldBeTrue();
        (await approver.ContentAsync()).ShouldNotContain("aZ3xQ9kL7b");
        await approver.PressAsync("#approve", "Enter");
        await UntilAsync(request => request.Run is not null, TimeSpan.FromSeconds(10)); // The workflow looks at it by the clock.
        await approver.Locator("text=It succeeded").WaitForAsync();
        (await approver.InnerTextAsync("main")).ShouldContain("inventory=4");

        var request = (await world.Host.Actions.ListAsync(null, default)).ShouldHaveSingleItem();
        (request.ProposedBy, request.ApprovedBy).ShouldBe(("Rev", "App"));
        (await world.Host.Actions.LogAsync(default)).Select(entry => entry.Line.Who).ShouldContain("App");
        (await world.Host.Actions.LogAsync(default))[0].Line.Place.ShouldBe("console 127.0.0.1");

        await UntilAsync(request => request.Check is not null, TimeSpan.FromMinutes(11));
        await approver.Locator("text=Did it help").WaitForAsync();
        await AxeAsync(approver);
        await approver.GotoAsync("/actions");
        await AxeAsync(approver);
        (await approver.InnerTextAsync("main")).ShouldNotContain("isn't whole");
    }

    [Fact]
    public async Task Only_the_digest_that_was_shown_last_releases_it_and_only_another_persons()
    {
        using var approver = server.Client(Tokens.Approver);
        var path = await ProposedAsync(approver, "3");
        var token = await approver.TokenAsync(path);
        (await approver.PostAsync($"{path}/approve", token, ("digest", ""))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity); // Nothing was shown yet.
        (await approver.PostAsync($"{path}/dry-run", token)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var digest = (await OneAsync()).DryRun!.Digest;
        (await approver.GetStringAsync(path)).ShouldContain($"name=\"digest\" value=\"{digest}\"");

        var wrong = await approver.PostAsync($"{path}/approve", token, ("digest", digest[..^1] + (digest[^1] == '0' ? '1' : '0')));
        wrong.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await wrong.Content.ReadAsStringAsync()).ShouldContain("the dry run that was shown last");
        var own = await approver.PostAsync($"{path}/approve", token, ("digest", digest));
        (await own.Content.ReadAsStringAsync()).ShouldContain("Somebody else must approve it");
        (await OneAsync()).State.ShouldBe(ActionState.Shown);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_asks_once_and_a_value_beyond_its_rule_asks_for_nothing()
    {
        using var client = server.Client(Tokens.Reviewer);
        var html = await client.GetStringAsync($"/incidents/{incident.Id}");
        var token = await client.TokenAsync($"/incidents/{incident.Id}");
        (string, string)[] fields = [("request", "ACT-once"), ("recommendation", Hidden(html, "recommendation")), ("step", "3"), ("action", "scale-service"), ("set.service", "inventory")];
        (await client.PostAsync($"/incidents/{incident.Id}/actions", token, [.. fields, ("set.count", "11")])).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await world.Host.Actions.ListAsync(null, default)).ShouldBeEmpty();
        (await client.PostAsync($"/incidents/{incident.Id}/actions", token, [.. fields, ("set.count", "10")])).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await client.PostAsync($"/incidents/{incident.Id}/actions", token, [.. fields, ("set.count", "10")])).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await world.Host.Actions.ListAsync(null, default)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_reader_finds_no_way_to_them_and_a_reviewer_none_to_release()
    {
        using var reader = server.Client(Tokens.Reader);
        var page = await reader.GetStringAsync($"/incidents/{incident.Id}");
        page.ShouldNotContain("/actions");
        page.ShouldNotContain("Propose it");
        (await reader.GetAsync("/actions")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        using var reviewer = server.Client(Tokens.Reviewer);
        var path = await ProposedAsync(reviewer, "2");
        var token = await reviewer.TokenAsync(path);
        await reviewer.PostAsync($"{path}/dry-run", token);
        foreach (var way in new[] { "approve", "refuse" })
        {
            (await reviewer.PostAsync($"{path}/{way}", token, ("digest", (await OneAsync()).DryRun!.Digest), ("because", "x"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        (await OneAsync()).State.ShouldBe(ActionState.Shown);
    }

    [Fact]
    public async Task A_refusal_needs_a_reason_and_the_reason_is_text()
    {
        using var approver = server.Client(Tokens.Approver);
        var path = await ProposedAsync(approver, "2");
        var token = await approver.TokenAsync(path);
        (await approver.PostAsync($"{path}/refuse", token, ("because", " "))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await approver.PostAsync($"{path}/refuse", token, ("because", Attack))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        foreach (var page in new[] { path, "/actions", $"/incidents/{incident.Id}" })
        {
            var html = await approver.GetStringAsync(page);
            html.ShouldNotContain("<script>window");
            html.ShouldNotContain("\u202E", Case.Sensitive);
        }

        (await OneAsync()).State.ShouldBe(ActionState.Refused);
    }

    [Fact]
    public async Task A_log_that_somebody_altered_is_warned_of_wherever_somebody_could_release()
    {
        using var approver = server.Client(Tokens.Approver);
        var path = await ProposedAsync(approver, "2");
        WebUtility.HtmlDecode(await approver.GetStringAsync(path)).ShouldNotContain("isn't whole");
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(world.Folder, "aiops.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            var command = connection.CreateCommand();
            command.CommandText = "DROP TRIGGER action_log_is_never_changed; UPDATE action_log SET content = replace(content, '\"App\"', '\"Eve\"')";
            await command.ExecuteNonQueryAsync();
        }

        foreach (var page in new[] { path, "/actions" })
        {
            var html = WebUtility.HtmlDecode(await approver.GetStringAsync(page));
            html.ShouldContain("The log of actions isn't whole:");
            html.ShouldContain("line 1 isn't what was written");
        }
    }

    [Fact]
    public async Task Without_a_login_nobody_releases_anything_unless_the_server_was_told_so_and_all_are_one_person()
    {
        foreach (var (approves, status) in new[] { (false, HttpStatusCode.Forbidden), (true, HttpStatusCode.UnprocessableEntity) })
        {
            await using var local = await ConsoleServer.StartAsync(world, new ConsoleOptions { KeyFolder = folder.File("local"), LocalName = "ines", LocalApprover = approves });
            using var client = local.Client();
            var path = approves ? $"/actions/{(await OneAsync()).Id}" : await ProposedAsync(client, "2");
            (await OneAsync()).ProposedBy.ShouldBe("ines");
            var token = await client.TokenAsync(path);
            await client.PostAsync($"{path}/dry-run", token);
            var answer = await client.PostAsync($"{path}/approve", token, ("digest", (await OneAsync()).DryRun!.Digest));
            answer.StatusCode.ShouldBe(status); // The first is no approver, the second is one person, who proposed it.
            (await OneAsync()).State.ShouldBe(ActionState.Shown);
        }
    }

    private async Task<string> ProposedAsync(HttpClient client, string count)
    {
        var page = $"/incidents/{incident.Id}";
        var html = await client.GetStringAsync(page);
        var answer = await client.PostAsync(
            $"{page}/actions", await client.TokenAsync(page), ("request", Hidden(html, "request")), ("recommendation", Hidden(html, "recommendation")), ("step", Hidden(html, "step")),
            ("action", Hidden(html, "action")), ("set.service", "inventory"), ("set.count", count));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.OriginalString;
    }

    // The workflow runs beside us: bounded by the test's own patience, not by a measured time.
    private async Task UntilAsync(Func<ActionRequest, bool> wanted, TimeSpan step)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!wanted(await OneAsync()))
        {
            world.Clock.AdvanceTo(world.Clock.GetUtcNow() + step);
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
        }
    }

    private async Task<ActionRequest> OneAsync() => (await world.Host.Actions.ListAsync(null, default)).ShouldHaveSingleItem();

    private static string Hidden(string html, string name)
        => System.Text.RegularExpressions.Regex.Match(html, $"name=\"{name}\" value=\"([^\"]+)\"").Groups[1].Value;

    private async Task<IPage> PageAsync(IBrowser browser, string token)
        => await (await browser.NewContextAsync(new()
        {
            BaseURL = server.Address.ToString(),
            ExtraHTTPHeaders = [KeyValuePair.Create("Authorization", $"Bearer {token}")],
            ViewportSize = new() { Width = 360, Height = 740 },
        })).NewPageAsync();

    private static async Task AxeAsync(IPage page)
    {
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360);
        var result = await page.RunAxe();
        result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}").ShouldBeEmpty();
    }
}
