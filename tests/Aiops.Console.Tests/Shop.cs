using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Microsoft.Playwright;

namespace Aiops.Console.Tests;

/// <summary>The recordings that ship, replayed once, some of them reviewed; the console over them; a browser.</summary>
public sealed class Shop : IAsyncLifetime
{
    // The last one's incident is open and waits for its review; the clock stops there.
    private static readonly string[] Names = ["database-out-of-connections", "bad-deployment", "throttled-table", "service-scaled-to-zero"];

    private IPlaywright? playwright;

    internal World World { get; private set; } = null!;

    internal ConsoleServer Server { get; private set; } = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        World = await World.MakeAsync([.. Names.Select(name => Recording.Open(TestFolder.Checkout("recordings", name)))], ReviewAsync);
        World.Work();
        Server = await ConsoleServer.StartAsync(World);
        if (NeedsChromium.ReasonToSkip is null)
        {
            playwright = await Playwright.CreateAsync();
            Browser = await LaunchAsync(playwright);
        }
    }

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = NeedsChromium.Path,
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        ],
    });

    public async Task DisposeAsync()
    {
        if (playwright is not null)
        {
            await Browser.DisposeAsync();
            playwright.Dispose();
        }

        await Server.DisposeAsync();
        await World.DisposeAsync();
    }

    private static async Task ReviewAsync(World world)
    {
        var incidents = await world.Host.Incidents.ListAsync(null, 100, default);
        var newest = incidents[0];
        if (newest.OpenedAt < world.Clock.GetUtcNow().AddHours(-12))
        {
            return;
        }

        await (incidents.Count switch
        {
            1 => world.SayAsync(newest, Verdict.Confirmed, "shop-db", "A report held connections open until none was left.", TimeSpan.FromMinutes(38), "rds-connections-exhausted"),
            2 => world.SayAsync(newest, Verdict.Confirmed, "payments", "Version 5.12.0 can't read orders without a currency.", TimeSpan.FromMinutes(19), "bad-deployment-rollback"),
            3 => world.SayAsync(newest, Verdict.Corrected, "carts", "A deploy of the table's stack lowered its write capacity.", TimeSpan.FromMinutes(26)),
            _ => Task.FromResult<Outcome>(null!),
        });
    }
}

[CollectionDefinition(Name)]
public sealed class ShopTests : ICollectionFixture<Shop>
{
    public const string Name = "shop";
}
