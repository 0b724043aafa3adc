using Aiops.Pipeline.GatherContext;
using Aiops.Simulator.Faults;
using Aiops.Simulator.Shop;

namespace Aiops.Simulator;

/// <summary>An incident to simulate: everything that decides it. The same scenario gives the same recording.</summary>
public sealed record Scenario
{
    /// <summary>The recording's name, lower case with hyphens.</summary>
    public required string Name { get; init; }

    public string Title { get; init; } = "";

    public string Description { get; init; } = "";

    public required long Seed { get; init; }

    public required Fault Fault { get; init; }

    /// <summary>When the recording begins.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 3, 16, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How long it is; metrics cover all of it.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How long before the onset logs and spans begin; they end with the recording.</summary>
    public TimeSpan DetailBefore { get; init; } = TimeSpan.FromMinutes(45);

    /// <summary>How many requests a minute are traced and logged.</summary>
    public int TracesPerMinute { get; init; } = 12;

    /// <summary>1 is an ordinary day; 0 is silence, 3 is hard.</summary>
    public double Noise { get; init; } = 1;

    /// <summary>The share of series that lose samples for a while.</summary>
    public double SeriesWithGaps { get; init; } = 0.04;

    /// <summary>A harmless deployment and a neighbour that takes processor time, at about the time of the fault.</summary>
    public bool RedHerrings { get; init; } = true;

    /// <summary>Requests a minute at the day's peak.</summary>
    public double PeakRequests { get; init; } = 6_000;

    /// <summary>Parts that are not recorded.</summary>
    public IReadOnlySet<ContextSource> Without { get; init; } = new HashSet<ContextSource>();

    /// <summary>Faults of other components at the same time; the truth that is recorded is <see cref="Fault"/>'s.</summary>
    public IReadOnlyList<Fault> OtherFaults { get; init; } = [];

    /// <summary>Deployments that do no harm, besides those that <see cref="RedHerrings"/> draws.</summary>
    public IReadOnlyList<HarmlessDeployment> Harmless { get; init; } = [];

    /// <summary>Lines in the log that no request wrote: a service that shouts, or somebody who writes to mislead.</summary>
    public IReadOnlyList<PlantedLine> Planted { get; init; } = [];

    /// <summary>Components whose metrics nobody recorded. Their alarms fire all the same.</summary>
    public IReadOnlySet<string> Unmeasured { get; init; } = new HashSet<string>();

    /// <summary>Other names for the parts of the shop; see <see cref="Renamed"/>.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    public IEnumerable<Fault> Faults => OtherFaults.Prepend(Fault);

    /// <summary>The same in a shop whose parts have other names. A part that isn't in <paramref name="names"/> keeps its own.</summary>
    public Scenario Renamed(IReadOnlyDictionary<string, string> names)
    {
        string Of(string part) => names.GetValueOrDefault(part, part);
        return this with
        {
            Names = names,
            Fault = Fault with { Target = Of(Fault.Target) },
            OtherFaults = [.. OtherFaults.Select(fault => fault with { Target = Of(fault.Target) })],
            Harmless = [.. Harmless.Select(one => one with { Component = Of(one.Component) })],
            Planted = [.. Planted.Select(line => line with { Component = Of(line.Component) })],
            Unmeasured = Unmeasured.Select(Of).ToHashSet(),
        };
    }

    /// <summary>A random incident of the shop: kind, target, strength, hour, noise and missing parts are drawn.</summary>
    public static Scenario Draw(long seed)
    {
        var chance = new SimulatedRandom(seed, "scenario");
        var kind = chance.Pick(Enum.GetValues<FaultKind>());
        var target = chance.Pick([.. Fault.Targets(kind, new WebShop())]);
        var onset = TimeSpan.FromMinutes(chance.Whole(120, 200));
        return new Scenario
        {
            Name = $"simulated-{seed}",
            Title = $"Simulated incident {seed}",
            Seed = seed,
            Fault = new Fault(kind, target.Name, chance.Between(0.15, 1), onset),
            Start = new DateTimeOffset(2026, 3, chance.Whole(1, 28), chance.Whole(0, 23), 0, 0, TimeSpan.Zero),
            // A leak takes its time.
            Length = onset + TimeSpan.FromMinutes(chance.Whole(12, 30) + (kind == FaultKind.MemoryLeak ? 40 : 0)),
            DetailBefore = TimeSpan.FromMinutes(20),
            TracesPerMinute = chance.Whole(2, 8),
            Noise = chance.Between(0.5, 2.5),
            SeriesWithGaps = chance.Between(0, 0.2),
            RedHerrings = chance.Chance(0.7),
            Without = Enum.GetValues<ContextSource>().Where(part => part != ContextSource.Metrics && chance.Chance(0.1)).ToHashSet(),
        };
    }
}

/// <summary>A deployment near the onset that does no harm.</summary>
public sealed record HarmlessDeployment(string Component, TimeSpan BeforeOnset);

/// <summary>A line that is written again and again from some minute on.</summary>
/// <param name="From">When it begins, from the onset of the scenario's fault; negative for before it.</param>
public sealed record PlantedLine(string Component, string Severity, string Body, int PerMinute, TimeSpan From);
