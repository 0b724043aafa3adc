using Aiops.Pipeline;
using Microsoft.Playwright;

namespace Aiops.Console.Tests;

/// <summary>Every text from outside is an attack: it is shown, and does nothing.</summary>
public sealed class HostileTextTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private World world = null!;
    private ConsoleServer server = null!;
    private Incident incident = null!;

    public async Task InitializeAsync()
    {
        world = await World.MakeAsync([HostileRecording.Make(folder.File("recording"))]);
        incident = (await world.Host.Incidents.ListAsync(null, 10, default)).First(one => one.Title.Contains("<script>", StringComparison.Ordinal));
        await world.Host.Door.AdmitAsync(System.Text.Encoding.UTF8.GetBytes($"{{ not an event {HostileRecording.Attack} password={HostileRecording.Secret}"), HostileRecording.Attack[..20], default);
        world.Work();
        await world.SayAsync(incident, Verdict.Corrected, HostileRecording.Component, $"{HostileRecording.Attack} token={HostileRecording.Secret}", null);
        server = await ConsoleServer.StartAsync(world);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await world.Host.Documents.GetAsync(DocumentKeys.Case(incident.Id), limit.Token) is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await world.DisposeAsync();
        folder.Dispose();
    }

    [BrowserFact]
    public async Task It_is_shown_on_every_page_and_runs_on_none()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Shop.LaunchAsync(playwright);
        await using var context = await browser.NewContextAsync(new() { BaseURL = server.Address.ToString(), ViewportSize = new() { Width = 360, Height = 740 } });
        var page = await context.NewPageAsync();
        List<string> alarms = [];
        page.Dialog += (_, dialog) => alarms.Add(dialog.Message);
        page.Console += (_, message) => alarms.Add(message.Text); // The policy would complain of what it stopped: nothing must come so far.
        context.Request += (_, request) => alarms.AddRange(request.Url.StartsWith(server.Address.ToString(), StringComparison.Ordinal) ? [] : [request.Url]);
        foreach (var path in new[]
        {
            "/incidents", $"/incidents?q={Uri.EscapeDataString(HostileRecording.Attack)}", $"/incidents/{incident.Id}", "/knowledge", $"/knowledge/{incident.Id}",
            "/queue?last=month", $"/queue/explain?alarm={incident.Id}", $"/queue/explain?alarm={Uri.EscapeDataString(HostileRecording.Attack)}", $"/login?to={Uri.EscapeDataString("javascript:window.owned=1")}",
        })
        {
            await page.GotoAsync(path);
            (await page.EvaluateAsync<bool>("window.owned === undefined")).ShouldBeTrue(path);
            (await page.Locator("main script, main img, main iframe, main object, main [onerror], main [onload]").CountAsync()).ShouldBe(0, path);
            (await page.EvaluateAsync<bool>("[...document.links].every(link => link.origin === location.origin)")).ShouldBeTrue(path);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(360, path);
            var html = await page.ContentAsync();
            html.ShouldNotContain(HostileRecording.Secret);
            html.ShouldNotContain("jane.doe");
            html.ShouldNotContain("\u202E", Case.Sensitive, path);
        }

        alarms.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_legible_where_it_belongs()
    {
        using var client = server.Client();
        foreach (var path in new[] { "/incidents", $"/incidents/{incident.Id}", $"/knowledge/{incident.Id}", "/queue?last=month", $"/queue/explain?alarm={incident.Id}" })
        {
            System.Net.WebUtility.HtmlDecode(await client.GetStringAsync(path)).ShouldContain("<script>window.owned=1</script>", Case.Sensitive, path);
        }
    }

    [Fact]
    public async Task A_page_stays_of_a_size_that_a_phone_can_load()
    {
        using var client = server.Client();
        (await client.GetByteArrayAsync($"/incidents/{incident.Id}")).Length.ShouldBeLessThan(1_500_000);
    }
}
