using Aiops.ScriptedModel;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Aiops.Console.Tests;

/// <summary>The page of questions as a person uses it, in a real browser.</summary>
[Collection(ShopTests.Name)]
public sealed class QuestionsBrowserTests(Shop shop) : IDisposable
{
    private const string Attack = "\u202E<script>window.owned=1</script>\"'><img src=x onerror=\"window.owned=1\"><svg/onload=window.owned=1>\u202Egnp.exe";
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [QuestionBrowserFact]
    public async Task A_question_its_follow_up_and_an_analysis_are_asked_by_keyboard_alone()
    {
        await using var context = await shop.Browser.NewContextAsync(new() { BaseURL = shop.Server.Address.ToString() });
        var page = await context.NewPageAsync();
        List<string> complaints = [];
        page.Console += (_, message) => complaints.Add(message.Text); // The policy would complain of a drawing's style.
        await page.GotoAsync("/questions");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("How did the error rate of inventory develop over the day?");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#answer-title:has-text('Error rate of inventory')").WaitForAsync();
        (await page.Locator("svg.drawn").CountAsync()).ShouldBe(1);
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("and for checkout?");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#answer-title:has-text('Error rate of checkout')").WaitForAsync();
        await TabToAsync(page, "analysed");
        await page.Keyboard.TypeAsync("checkout");
        await page.Keyboard.PressAsync("Escape"); // The names that are offered.
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#analysis-title").WaitForAsync();
        complaints.ShouldBeEmpty();
    }

    [QuestionBrowserFact]
    public async Task Everything_works_without_script()
    {
        await using var context = await shop.Browser.NewContextAsync(new() { BaseURL = shop.Server.Address.ToString(), JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/questions");
        await page.FillAsync("#search", "Which service lost most requests?");
        await page.ClickAsync("button:has-text('Ask')");
        (await page.Locator("table.answer-rows tbody tr").CountAsync()).ShouldBeGreaterThan(1);
        await page.FillAsync("#analysed", "checkout");
        await page.SelectOptionAsync("#last", "6h");
        await page.ClickAsync("button:has-text('Analyse')");
        (await page.TextContentAsync("#analysis-title"))!.ShouldStartWith("checkout, ");
    }

    [QuestionBrowserFact]
    public async Task Hostile_values_are_shown_and_do_nothing()
    {
        var literal = Attack.Replace("'", "''", StringComparison.Ordinal);
        var sql = $"SELECT '{literal} token=aZ3xQ9kL7baZ3xQ9kL7b' || title AS name, CAST(length(title) AS BIGINT) AS n FROM incidents";
        await using var model = await ScriptedModelServer.StartAsync(
            request => ScriptedReply.Say(QuestionsTests.Statement(request.Messages.Any(message => message.Text.Contains("nonesuch", StringComparison.Ordinal)) ? $"DELETE FROM \"{Attack.Replace("\"", "", StringComparison.Ordinal)}\"" : sql, Attack)));
        await using var server = await ConsoleServer.StartAsync(shop.World, new ConsoleOptions { KeyFolder = folder.File("keys") }, QuestionsTests.ModelOf(model, shop.World));
        await using var context = await shop.Browser.NewContextAsync(new() { BaseURL = server.Address.ToString(), ViewportSize = new() { Width = 360, Height = 740 } });
        var page = await context.NewPageAsync();
        List<string> alarms = [];
        page.Dialog += (_, dialog) => alarms.Add(dialog.Message);
        page.Console += (_, message) => alarms.Add(message.Text);
        foreach (var question in new[] { "show", $"nonesuch {Attack}" })
        {
            await page.GotoAsync("/questions");
            await page.FillAsync("#search", question);
            await page.FillAsync("#service", Attack);
            await page.PressAsync("#search", "Enter");
            await page.Locator("#answer-title").WaitForAsync();
            (await page.InnerTextAsync("main")).ShouldContain("<script>window.owned=1</script>");
            (await page.Locator("svg.drawn").CountAsync()).ShouldBe(question == "show" ? 1 : 0);
            (await page.EvaluateAsync<bool>("window.owned === undefined")).ShouldBeTrue();
            (await page.Locator("main script, main img, main iframe, main [onerror], main [onload], main style, main [style]").CountAsync()).ShouldBe(0);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360);
            var html = await page.ContentAsync();
            html.ShouldNotContain("\u202E", Case.Sensitive);
            html.ShouldNotContain("aZ3xQ9kL7b");
        }

        alarms.ShouldBeEmpty();
    }

    [QuestionBrowserFact]
    public async Task No_answer_bars_anybody_in_light_or_dark_on_desk_or_phone()
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            foreach (var (width, height) in new[] { (1280, 900), (360, 740) })
            {
                await using var context = await shop.Browser.NewContextAsync(new() { BaseURL = shop.Server.Address.ToString(), ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height } });
                var page = await context.NewPageAsync();
                foreach (var (field, text, wanted) in new[]
                {
                    ("#search", "Which endpoints of shop-alb are slowest?", "answer"), ("#search", "Which customers are unhappy with their errors?", "no-answer"),
                    ("#analysed", "checkout", "analysis"), ("#analysed", "nothing-like-it", "problem"),
                })
                {
                    await page.GotoAsync("/questions");
                    await page.FillAsync(field, text);
                    await page.PressAsync(field, "Enter");
                    await page.Locator("#answer-title, #analysis-title, #problems").First.WaitForAsync();
                    (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, $"{wanted} scrolls sideways");
                    if (Environment.GetEnvironmentVariable("AIOPS_SCREENSHOTS") is { } pictures)
                    {
                        await page.ScreenshotAsync(new() { Path = Path.Combine(pictures, $"questions-{wanted}-{width}-{scheme.ToString().ToLowerInvariant()}.png"), FullPage = wanted == "answer" });
                    }

                    await page.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true)");
                    (await page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical")
                        .Select(violation => $"{wanted} {scheme} {width}: {violation.Id}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}")
                        .ShouldBeEmpty();
                    var levels = await page.EvaluateAsync<int[]>("[...document.querySelectorAll('h1,h2,h3,h4')].map(one => +one.tagName[1])");
                    levels.Zip(levels.Skip(1), (before, after) => after - before).ShouldAllBe(step => step <= 1);
                }
            }
        }
    }

    // Tabs on until the element of the id has the focus: what can't be reached so can't be used.
    private static async Task TabToAsync(IPage page, string wanted)
    {
        for (var i = 0; i < 100; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("document.activeElement.id") == wanted)
            {
                return;
            }
        }

        throw new InvalidOperationException($"{wanted} can't be reached by Tab");
    }
}
