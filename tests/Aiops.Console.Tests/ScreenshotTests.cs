using Microsoft.Playwright;

namespace Aiops.Console.Tests;

/// <summary>Pictures for people: where <c>AIOPS_SCREENSHOTS</c> names a folder, they are left there.</summary>
[Collection(ShopTests.Name)]
public sealed class ScreenshotTests(Shop shop)
{
    [BrowserTheory]
    [InlineData("/incidents", "incidents", 1280, 800)]
    [InlineData("/knowledge", "knowledge", 1280, 800)]
    [InlineData("/queue", "queue", 1280, 1100)]
    [InlineData("/accuracy", "accuracy", 1280, 1000)]
    [InlineData("incident", "incident", 1400, 1000)]
    [InlineData("/incidents", "incidents-phone", 360, 800)]
    [InlineData("incident", "incident-phone", 360, 800)]
    public async Task A_page_fits_its_window_in_light_and_in_dark(string path, string name, int width, int height)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var context = await shop.Browser.NewContextAsync(new() { BaseURL = shop.Server.Address.ToString(), ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height } });
            var page = await context.NewPageAsync();
            await page.GotoAsync(path == "incident" ? "/incidents/" + await IdAsync() : path);
            shop.Server.Faults.ToString().ShouldBeEmpty();
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
            if (Environment.GetEnvironmentVariable("AIOPS_SCREENSHOTS") is { } folder)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{scheme.ToString().ToLowerInvariant()}.png") });
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{scheme.ToString().ToLowerInvariant()}-full.png"), FullPage = true });
            }
        }
    }

    private async Task<string> IdAsync() => (await shop.World.Host.Incidents.ListAsync(null, 100, default))[0].Id;
}
