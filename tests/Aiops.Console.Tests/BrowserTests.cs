using Aiops.Local.Hosting;
using Aiops.Pipeline;
using Aiops.Pipeline.Learn;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Aiops.Console.Tests;

/// <summary>The console as a person uses it, in a real browser.</summary>
[Collection(ShopTests.Name)]
public sealed class BrowserTests(Shop shop)
{
    private static readonly (int Width, int Height)[] Windows = [(1280, 900), (360, 740)];

    private Uri Address => shop.Server.Address;

    [BrowserTheory]
    [InlineData("/incidents")]
    [InlineData("/incidents?q=nothing-like-it")]
    [InlineData("incident")]
    [InlineData("/incidents/none")]
    [InlineData("/knowledge")]
    [InlineData("case")]
    [InlineData("/questions")]
    [InlineData("/queue?last=month")]
    [InlineData("explain")]
    [InlineData("/accuracy")]
    [InlineData("/actions")]
    public async Task No_page_bars_anybody_in_light_or_dark_on_desk_or_phone(string path)
    {
        path = await AddressOfAsync(path);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            foreach (var (width, height) in Windows)
            {
                await using var context = await shop.Browser.NewContextAsync(new() { BaseURL = Address.ToString(), ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height } });
                var page = await context.NewPageAsync();
                await page.GotoAsync(path);
                (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, $"{path} scrolls sideways");
                await page.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true)");
                var result = await page.RunAxe();
                result.Violations.Where(violation => violation.Impact is "serious" or "critical")
                    .Select(violation => $"{path} {scheme} {width}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}")
                    .ShouldBeEmpty();
            }
        }
    }

    [BrowserFact]
    public async Task Headings_come_in_order_on_every_page()
    {
        await using var context = await shop.Browser.NewContextAsync(new() { BaseURL = Address.ToString() });
        var page = await context.NewPageAsync();
        foreach (var path in new[] { "/incidents", "incident", "/knowledge", "case", "/questions", "/queue", "explain", "/accuracy", "/actions" })
        {
            await page.GotoAsync(await AddressOfAsync(path));
            var levels = await page.EvaluateAsync<int[]>("[...document.querySelectorAll('h1,h2,h3,h4')].map(one => +one.tagName[1])");
            levels.Count(level => level == 1).ShouldBe(1, path);
            levels[0].ShouldBe(1, path);
            levels.Zip(levels.Skip(1), (before, after) => after - before).ShouldAllBe(step => step <= 1);
        }
    }

    [BrowserFact]
    public async Task Nothing_is_asked_of_anyone_but_ourselves()
    {
        await using var context = await shop.Browser.NewContextAsync(new() { BaseURL = Address.ToString() });
        List<string> asked = [];
        List<string> complaints = [];
        context.Request += (_, request) => asked.Add(request.Url);
        var page = await context.NewPageAsync();
        page.Console += (_, message) => complaints.Add($"{message.Type}: {message.Text}");
        foreach (var path in new[] { "/incidents", "incident", "/knowledge", "case", "/questions", "/queue", "explain", "/accuracy", "/actions" })
        {
            await page.GotoAsync(await AddressOfAsync(path), new() { WaitUntil = WaitUntilState.NetworkIdle });
        }

        asked.Count.ShouldBeGreaterThan(16);
        asked.ShouldAllBe(url => url.StartsWith(Address.ToString(), StringComparison.Ordinal));
        complaints.ShouldBeEmpty(); // The policy would complain of whatever it stopped.
    }

    [BrowserFact]
    public async Task A_review_is_given_by_keyboard_alone_and_is_learned()
    {
        var incident = await IncidentAsync(incident => incident.OpenedAt.UtcDateTime is { Month: 4, Day: 19 });
        await using var context = await shop.Browser.NewContextAsync(new() { BaseURL = Address.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/incidents");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("inventory unavailable");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**q=inventory**");
        await TabToAsync(page, $"to-{incident.Id}");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/incidents/{incident.Id}");
        await TabToAsync(page, "verdict");
        await page.Keyboard.PressAsync("Space");       // Confirmed …
        await page.Keyboard.PressAsync("ArrowDown");   // … no, something else.
        await TabToAsync(page, "field-component");
        await page.Keyboard.TypeAsync("inventory");
        await page.Keyboard.PressAsync("Escape");
        await TabToAsync(page, "field-cause");
        await page.Keyboard.TypeAsync("A scheduled action set the desired count to 0.");
        await TabToAsync(page, "helped");
        await page.Keyboard.PressAsync("Space");
        await TabToAsync(page, "field-severity");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await TabToAsync(page, "field-minutes");
        await page.Keyboard.TypeAsync("42");
        await TabToAsync(page, "field-reviewer");
        await page.Keyboard.TypeAsync("Night Owl");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/thanks**");
        (await page.TextContentAsync("h1")).ShouldBe("Thank you");

        var outcome = await OutcomeAsync(incident.Id, said => said.Reviewer != "aiops");
        (outcome.Verdict, outcome.Component, outcome.Cause).ShouldBe((Verdict.Corrected, "inventory", "A scheduled action set the desired count to 0."));
        outcome.TimeToMitigate.ShouldBe(TimeSpan.FromMinutes(42));
        outcome.Severity.ShouldBe(Severity.Sev2);
        outcome.Reviewer.ShouldBe("Night Owl (not authenticated)");
        outcome.Helped.Count.ShouldBe(1);
        (await CaseAsync(incident.Id)).Case.Component.ShouldBe("inventory");
    }

    [BrowserFact]
    public async Task A_new_incident_shows_up_by_itself_and_focus_stays_where_it_was()
    {
        await using var context = await shop.Browser.NewContextAsync(new() { BaseURL = Address.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/incidents");
        var before = await page.Locator("[data-incident]").CountAsync();
        var focused = (await shop.World.Host.Incidents.ListAsync(null, 100, default))[^1].Id;
        await page.FocusAsync($"#to-{focused}");
        using var client = shop.Server.Client();
        var taken = await client.PostAsync("/webhook", new StringContent("""{"title": "Ledger falls behind", "service": "ledger", "severity": "low"}"""));
        taken.IsSuccessStatusCode.ShouldBeTrue();
        await page.Locator("[data-incident]").Nth(before).WaitForAsync();
        (await page.InnerTextAsync("#live")).ShouldContain("Ledger falls behind");
        (await page.TextContentAsync("#live-status")).ShouldBe("One new incident");
        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe($"to-{focused}");
    }

    [BrowserFact]
    public async Task A_page_that_is_read_is_not_changed_under_its_readers_eyes_but_says_that_it_could_be()
    {
        var incident = await IncidentAsync(incident => incident.Title == "checkout-errors");
        await using var context = await shop.Browser.NewContextAsync(new() { BaseURL = Address.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/incidents/{incident.Id}");
        await shop.World.SayAsync(incident, Verdict.Confirmed, "payments", "Version 5.12.0 can't read orders without a currency.", TimeSpan.FromMinutes(20), "bad-deployment-rollback");
        await OutcomeAsync(incident.Id, said => said.TimeToMitigate == TimeSpan.FromMinutes(20));
        shop.World.Clock.AdvanceTo(shop.World.Clock.GetUtcNow().AddMinutes(1)); // What was read of a closed incident holds for half a minute.
        await page.Locator("#changed a").WaitForAsync();
        (await page.InnerTextAsync("#review")).ShouldContain("Mitigated after 19 min");
        await page.ClickAsync("#changed a");
        await page.Locator("text=Mitigated after 20 min").WaitForAsync();
    }

    [BrowserFact]
    public async Task Everything_works_without_script()
    {
        await using var context = await shop.Browser.NewContextAsync(new() { BaseURL = Address.ToString(), JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.WaitForURLAsync("**/incidents");
        await page.FillAsync("#search", "carts");
        await page.ClickAsync("text=Filter");
        await page.ClickAsync("h3 a:has-text('cart-errors')");
        (await page.Locator("svg.topology").CountAsync()).ShouldBe(1);
        (await page.Locator("figure.plot").CountAsync()).ShouldBeGreaterThan(0);
        await page.CheckAsync("input[value=rejected]");
        await page.FillAsync("#field-reviewer", "Plain Browser");
        await page.ClickAsync("text=Send the review");
        (await page.TextContentAsync("h1")).ShouldBe("Thank you");
        var id = (await IncidentAsync(incident => incident.Title == "cart-errors")).Id;
        (await OutcomeAsync(id, said => said.Verdict == Verdict.Rejected)).Reviewer.ShouldBe("Plain Browser (not authenticated)");
    }

    // Tabs on until the element of the id, or of the field's name, has the focus: what can't be reached so can't be used.
    private static async Task TabToAsync(IPage page, string wanted)
    {
        for (var i = 0; i < 400; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("wanted => [document.activeElement.id, document.activeElement.name].includes(wanted)", wanted))
            {
                return;
            }
        }

        throw new InvalidOperationException($"{wanted} can't be reached by Tab");
    }

    private async Task<Incident> IncidentAsync(Func<Incident, bool> wanted)
        => (await shop.World.Host.Incidents.ListAsync(null, 100, default)).First(wanted);

    private async Task<string> AddressOfAsync(string path)
    {
        var incident = (await shop.World.Host.Incidents.ListAsync(null, 100, default))[^1];
        return path switch
        {
            "incident" => $"/incidents/{incident.Id}",
            "case" => $"/knowledge/{incident.Id}",
            "explain" => $"/queue/explain?alarm={incident.Id}",
            _ => path,
        };
    }

    // Written after the outcome, by the same workflow.
    private async Task<CaseRecord> CaseAsync(string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var cases = await shop.World.Host.Cases.SnapshotAsync(LocalHost.KnowledgeScope, limit.Token);
            if (cases.Records.FirstOrDefault(record => record.Case.IncidentId == id) is { } found)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    // The workflow that takes a review in runs beside us: bounded by the test's own patience, not by a measured time.
    private async Task<Outcome> OutcomeAsync(string id, Func<Outcome, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await shop.World.Host.Documents.GetAsync(DocumentKeys.Outcome(id), limit.Token) is { } content
                && System.Text.Json.JsonSerializer.Deserialize(content, LearnJson.Default.Outcome) is { } outcome && wanted(outcome))
            {
                return outcome;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }
}
