using Aiops.Pipeline;
using Aiops.Simulator.Faults;

namespace Aiops.Scenarios.RedHerrings.Stories;

internal static class TwoAtOnce
{
    public static Story Story { get; } = new()
    {
        Title = "Two incidents at once",
        Told = "The capacity of the carts table is lowered below what is asked of it; two minutes later the fulfilment worker stalls, "
            + "and orders pile up in a queue that carts have nothing to do with.",
        Scene = seed => Story.Shop(seed, FaultKind.ThrottledTable, "carts", 0.5, 0.9) is var scene ? scene with
        {
            OtherFaults = [new Fault(FaultKind.StalledWorker, "fulfilment", scene.Fault.Strength, scene.Fault.Onset + TimeSpan.FromMinutes(2))],
        } : scene,
        Demands =
        [
            Demand.Incidents(2).OnlyFor(1, "alarms within a few calls of each other make one incident"),
            Demand.AmongFirst(1, "carts").OnlyFor(4, "cart, which calls the table, is blamed instead"),
            Demand.AmongFirst(1, "fulfilment").OnlyFor(0, "hypotheses compete for one cause: the second gets what is left, .04 at most"),
            Demand.Cites("carts", EvidenceKind.Metric, "ThrottledRequests"),
            Demand.Cites("fulfilment", EvidenceKind.Metric, "messaging.process"),
            Demand.RulesOut("storefront", "carts"),
        ],
    };
}
