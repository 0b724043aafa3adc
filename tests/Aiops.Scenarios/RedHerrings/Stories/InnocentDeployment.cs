using Aiops.Pipeline;
using Aiops.Simulator;
using Aiops.Simulator.Faults;

namespace Aiops.Scenarios.RedHerrings.Stories;

internal static class InnocentDeployment
{
    public static Story Story { get; } = new()
    {
        Title = "An innocent deployment near the onset",
        Told = "shop-db runs out of connections. Two minutes before, checkout, which alarms, was deployed, and that did no harm.",
        Scene = seed => Story.Shop(seed, FaultKind.ConnectionExhaustion, "shop-db", 0.5, 0.9) with
        {
            Harmless = [new HarmlessDeployment("checkout", TimeSpan.FromMinutes(2))],
        },
        Demands =
        [
            Demand.First("shop-db"),
            Demand.Cites("shop-db", EvidenceKind.Metric, "DatabaseConnections"),
            Demand.RulesOut("checkout", "shop-db"),
            Demand.RulesOut("orders", "shop-db").OnlyFor(4, "an incident of its own that opened before the connections were used up blames it"),
        ],
    };
}
