using System.Net;
using System.Text.Json;
using Aiops.Local.Models;
using Aiops.Local.Recordings;
using Aiops.Pipeline.Reason.Answer;
using Aiops.Pipeline.Reason.Models;
using Aiops.Reason.Tests.Runs;
using Aiops.ScriptedModel;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Aiops.Console.Tests;

/// <summary>An incident that a model explained, and what the console shows of that.</summary>
public sealed class ModelReadingTests : IAsyncLifetime
{
    private ScriptedModelServer scripted = null!;
    private World world = null!;
    private ConsoleServer server = null!;
    private string path = "";

    public async Task InitializeAsync()
    {
        scripted = await ScriptedModelServer.StartAsync(request => ScriptedReply.Say(Answer(BriefReading.Of(request)), inputTokens: 6_000, outputTokens: 700));
        var settings = new ModelSettings { Where = "test", Provider = ModelProvider.OpenAiCompatible, Model = "scripted-analyst", Price = new ModelPrice(1, 4) };
        var client = new OpenAiChatClient(new OpenAiOptions { Model = settings.Model, Endpoint = scripted.OpenAiBase, Time = TimeProvider.System });
        world = await World.MakeAsync([Recording.Open(TestFolder.Checkout("recordings", "bad-deployment"))], model: new ModelAccess(client, settings));
        path = $"/incidents/{(await world.Host.Incidents.ListAsync(null, 10, default))[0].Id}";
        server = await ConsoleServer.StartAsync(world);
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await world.DisposeAsync();
        await scripted.DisposeAsync();
    }

    [Fact]
    public async Task Its_page_has_the_checked_sentences_with_their_evidence_and_the_cost()
    {
        using var client = server.Client();
        var page = WebUtility.HtmlDecode(await client.GetStringAsync(path));
        page.ShouldContain("<h2 id=\"model-title\">As a model reads it</h2>");
        page.ShouldContain("scripted-analyst explained");
        page.ShouldContain("class=\"cite\" href=\"#");
        page.ShouldContain("1 statement was struck out");
        page.ShouldNotContain("4,711"); // The number that no evidence holds.
    }

    [Fact]
    public async Task The_page_of_accuracy_adds_up_what_the_model_cost_and_what_was_struck_out()
    {
        using var client = server.Client();
        var page = WebUtility.HtmlDecode(await client.GetStringAsync("/accuracy"));
        page.ShouldContain("What a model cost");
        page.ShouldContain($"<strong>$0.00{88 * scripted.Requests.Count:00}</strong><small>{6_700 * scripted.Requests.Count:#,##0} tokens</small>");
        page.ShouldContain("<dt>Struck out</dt><dd><strong>1</strong>");
    }

    [BrowserFact]
    public async Task It_bars_nobody_in_light_or_dark_on_desk_or_phone()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Shop.LaunchAsync(playwright);
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            foreach (var (width, height) in new[] { (1280, 900), (360, 740) })
            {
                await using var context = await browser.NewContextAsync(new() { BaseURL = server.Address.ToString(), ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height } });
                var page = await context.NewPageAsync();
                foreach (var (name, address) in new[] { ("model", $"{path}#model"), ("accuracy", "/accuracy") })
                {
                    await page.GotoAsync(address);
                    (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
                    (await page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => $"{name} {scheme} {width}: {violation.Id}").ShouldBeEmpty();
                    if (Environment.GetEnvironmentVariable("AIOPS_SCREENSHOTS") is { } pictures)
                    {
                        await page.ScreenshotAsync(new() { Path = Path.Combine(pictures, $"reading-{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png") });
                    }
                }
            }
        }
    }

    // A careful analyst who makes up one figure.
    private static string Answer(BriefReading brief)
    {
        var answer = Analyst.Answer(brief);
        return JsonSerializer.Serialize(
            answer with { Narrative = [.. answer.Narrative, new AnsweredClaim { Text = "4,711 orders were lost.", Evidence = [brief.Causes[0].For[0]] }] }, AnswerJson.Default.ModelAnswer);
    }
}
