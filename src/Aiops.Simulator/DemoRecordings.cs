using Aiops.Local.Recordings;
using Aiops.Simulator.Faults;

namespace Aiops.Simulator;

/// <summary>The five recordings that come with the project, in <c>recordings/</c>. Seeds and times are fixed: writing them again changes nothing.</summary>
public static class DemoRecordings
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new()
        {
            Name = "database-out-of-connections",
            Title = "Orders fail while the database refuses connections",
            Description = "Something holds connections of shop-db open until none is left; the services that share it fail one after another.",
            Seed = 20260316,
            Start = new DateTimeOffset(2026, 3, 16, 2, 0, 0, TimeSpan.Zero),
            Length = Minutes(9 * 60),
            Fault = new Fault(FaultKind.ConnectionExhaustion, "shop-db", 0.7, Minutes((8 * 60) + 24)),
        },
        new()
        {
            Name = "bad-deployment",
            Title = "Checkouts fail after payments was released",
            Description = "A new version of payments can't read some orders; it is rolled back 19 minutes later and the alarms clear.",
            Seed = 20260324,
            Start = new DateTimeOffset(2026, 3, 24, 6, 0, 0, TimeSpan.Zero),
            Length = Minutes(9 * 60),
            Fault = new Fault(FaultKind.BadDeployment, "payments", 0.6, Minutes((8 * 60) + 17), Minutes(19)),
        },
        new()
        {
            Name = "throttled-table",
            Title = "Carts can't be saved",
            Description = "The provisioned capacity of the carts table is lowered below what the afternoon needs.",
            Seed = 20260402,
            Start = new DateTimeOffset(2026, 4, 2, 7, 0, 0, TimeSpan.Zero),
            Length = Minutes(9 * 60),
            Fault = new Fault(FaultKind.ThrottledTable, "carts", 0.55, Minutes((8 * 60) + 31)),
        },
        new()
        {
            Name = "service-scaled-to-zero",
            Title = "Product pages and checkouts fail: inventory is gone",
            Description = "A scheduled action sets the desired count of inventory to 0 in the middle of the day.",
            Seed = 20260419,
            Start = new DateTimeOffset(2026, 4, 19, 4, 0, 0, TimeSpan.Zero),
            Length = Minutes(9 * 60),
            Fault = new Fault(FaultKind.ScaledToZero, "inventory", 1, Minutes((8 * 60) + 30)),
        },
        new()
        {
            Name = "nothing-wrong",
            Title = "An eager alarm on the storefront's latency",
            Description = "One slow minute crosses a threshold that is set too tight; nothing is wrong.",
            Seed = 20260507,
            Start = new DateTimeOffset(2026, 5, 7, 5, 0, 0, TimeSpan.Zero),
            Length = Minutes(9 * 60),
            Fault = new Fault(FaultKind.None, "storefront", 0, Minutes((8 * 60) + 36)),
            SeriesWithGaps = 0.02,
        },
    ];

    /// <summary>Writes all five, a folder each. Files that are there already are replaced.</summary>
    public static async Task WriteAllAsync(string directory, CancellationToken cancellationToken)
    {
        foreach (var scenario in All)
        {
            var files = new MemoryFiles();
            Simulation.Run(scenario, files);
            var folder = new FolderFiles(Path.Combine(directory, scenario.Name));
            foreach (var name in files.Names)
            {
                await using var stream = folder.OpenWrite(name);
                await stream.WriteAsync(files[name], cancellationToken);
            }
        }
    }

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);
}
