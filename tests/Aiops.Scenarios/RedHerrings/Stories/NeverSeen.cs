using Aiops.Pipeline;
using Aiops.Simulator.Faults;

namespace Aiops.Scenarios.RedHerrings.Stories;

internal static class NeverSeen
{
    public static Story Story { get; } = new()
    {
        Title = "A cause never seen",
        Told = "What is known is that the carts table was throttled once. Now the catalogue's processors are taken, which alarms the same "
            + "storefront, and nobody has reviewed anything like it.",
        Before = new Earlier(
            seed => Story.Shop(seed + 100, FaultKind.ThrottledTable, "carts", 0.5, 0.9), Verdict.Confirmed, "carts",
            "The write capacity of carts was lowered."),
        Scene = seed => Story.Shop(seed, FaultKind.CpuSaturation, "catalog", 0.6, 0.9),
        Demands =
        [
            Demand.First("catalog"),
            Demand.Cites("catalog", EvidenceKind.Metric, "CPUUtilization"),
            Demand.RulesOut("carts", "catalog"),
            Demand.RulesOut("storefront", "catalog"),
        ],
    };
}
