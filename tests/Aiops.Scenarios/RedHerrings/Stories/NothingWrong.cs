using Aiops.Simulator;
using Aiops.Simulator.Faults;

namespace Aiops.Scenarios.RedHerrings.Stories;

internal static class NothingWrong
{
    public static Story Alone { get; } = new()
    {
        Title = "An alarm with nothing wrong",
        Told = "One late minute crosses a threshold that is set too tight.",
        Scene = seed => Story.Shop(seed, FaultKind.None, "storefront", 0, 0),
        Demands = [Demand.Incidents(1), Demand.NamesNobody()],
    };

    public static Story AfterDeployment { get; } = new()
    {
        Title = "An alarm with nothing wrong, after a deployment",
        Told = "One late minute crosses a threshold that is set too tight. A deployment twelve minutes before offers itself as the reason.",
        Scene = seed => Story.Shop(seed, FaultKind.None, "storefront", 0, 0) with
        {
            Harmless = [new HarmlessDeployment("storefront", TimeSpan.FromMinutes(12))],
        },
        Demands =
        [
            Demand.Incidents(1),
            Demand.NamesNobody().OnlyFor(2, "a deployment of the alarming component is taken for a cause, though nothing else departs"),
            Demand.LessSureThan(0.7, "storefront"),
        ],
    };
}
