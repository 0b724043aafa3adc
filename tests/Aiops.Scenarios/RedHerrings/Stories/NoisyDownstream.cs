using Aiops.Pipeline;
using Aiops.Simulator;
using Aiops.Simulator.Faults;

namespace Aiops.Scenarios.RedHerrings.Stories;

internal static class NoisyDownstream
{
    public static Story Story { get; } = new()
    {
        Title = "A noisy symptom downstream of a quiet cause",
        Told = "The carts table answers late. No alarm watches its latency and it writes no log. The storefront, two calls away, "
            + "alarms and fills the log with errors of its own, forty lines a minute.",
        Scene = seed => Story.Shop(seed, FaultKind.SlowDependency, "carts", 0.5, 0.9) with
        {
            Planted = [new PlantedLine("storefront", "ERROR", "c.e.shop.storefront.Session : session store is inconsistent, page rendered without user", 40, TimeSpan.FromMinutes(2))],
        },
        Demands =
        [
            Demand.First("carts"),
            Demand.Cites("carts", EvidenceKind.Metric, "SuccessfulRequestLatency"),
            Demand.RulesOut("storefront", "carts"),
            Demand.RulesOut("cart", "carts"),
        ],
    };
}
