using Aiops.Pipeline;
using Aiops.Simulator;
using Aiops.Simulator.Faults;

namespace Aiops.Scenarios.RedHerrings;

/// <summary>An incident that misleads, told from seeds: what happens, and what an analysis of it must come to for every seed.</summary>
public sealed record Story
{
    public required string Title { get; init; }

    /// <summary>What happens, and by what it misleads.</summary>
    public required string Told { get; init; }

    /// <summary>The scene for a seed, which draws hour, onset and strength.</summary>
    public required Func<long, Scenario> Scene { get; init; }

    /// <summary>An incident of the same host that was reviewed before; null for none.</summary>
    public Earlier? Before { get; init; }

    /// <summary>Required evidence and what must be ruled out.</summary>
    public required IReadOnlyList<Demand> Demands { get; init; }

    public override string ToString() => Title;

    /// <summary>The shop on an ordinary day with one fault; the seed draws when and how strongly.</summary>
    public static Scenario Shop(long seed, FaultKind kind, string target, double weakest, double strongest)
    {
        var chance = new SimulatedRandom(seed, "story");
        var onset = TimeSpan.FromMinutes(chance.Whole(150, 200));
        return new Scenario
        {
            Name = $"story-{seed}",
            Seed = seed,
            Fault = new Fault(kind, target, chance.Between(weakest, strongest), onset),
            Start = new DateTimeOffset(2026, 3, chance.Whole(2, 27), chance.Whole(5, 17), 0, 0, TimeSpan.Zero),
            Length = onset + TimeSpan.FromMinutes(20),
            DetailBefore = TimeSpan.FromMinutes(30),
            TracesPerMinute = 10,
            RedHerrings = false,
        };
    }
}

/// <summary>What happened before, weeks earlier on the same host, and what its reviewer said.</summary>
public sealed record Earlier(Func<long, Scenario> Scene, Verdict Verdict, string Component, string Cause);
