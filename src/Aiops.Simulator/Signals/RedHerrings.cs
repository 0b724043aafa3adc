using Aiops.Analysis.Telemetry;
using Aiops.Simulator.Faults;
using Aiops.Simulator.Shop;

namespace Aiops.Simulator.Signals;

/// <summary>What happens at the same time and has nothing to do with it: a harmless deployment, a noisy neighbour, a blip.</summary>
internal sealed class RedHerrings
{
    private readonly Scenario scenario;
    private readonly int onset;
    private readonly string? neighbour;
    private readonly int neighbourFrom;
    private readonly Change? deployment;

    public RedHerrings(WebShop shop, Scenario scenario)
    {
        this.scenario = scenario;
        onset = (int)scenario.Fault.Onset.TotalMinutes;
        var chance = new SimulatedRandom(scenario.Seed, "red herrings");
        List<ShopComponent> others = [.. shop.Components.Where(
            c => c.Role == ShopRole.Service && c.Name != scenario.Fault.Target)];
        var deployed = chance.Pick(others);
        var minute = onset - chance.Whole(25, 90);
        var noisy = chance.Pick(others);
        neighbourFrom = onset - chance.Whole(0, 25);
        if (scenario.RedHerrings)
        {
            neighbour = noisy.Name;
            var (minor, patch) = (chance.Whole(4, 40), chance.Whole(0, 8));
            deployment = new Change(
                scenario.Start.AddMinutes(minute).AddSeconds(chance.Whole(0, 59)), deployed.Name, ChangeKind.Deployment,
                $"{deployed.Name} 3.{minor}.{patch + 1} deployed (was 3.{minor}.{patch})", "ci-deployer",
                $"ecs-svc/{chance.Whole(100000000, 999999999)}{chance.Whole(1000000, 9999999)}");
        }
    }

    public IEnumerable<Change> Changes => scenario.Harmless.Select(Harmless).Concat(deployment is null ? [] : [deployment]);

    private Change Harmless(HarmlessDeployment one) => new(
        scenario.Start + scenario.Fault.Onset - one.BeforeOnset, one.Component, ChangeKind.Deployment,
        $"{one.Component} 2.8.1 deployed (was 2.8.0)", "ci-deployer", $"deploy/{one.Component}/2.8.1");

    /// <summary>Percent of processor time that a neighbour on the same host takes for a quarter of an hour.</summary>
    public double ExtraCpu(ShopComponent component, int minute)
        => component.Name == neighbour && minute >= neighbourFrom && minute < neighbourFrom + 15 ? 18 : 0;

    /// <summary>Where nothing is wrong, a single late minute of the service that the eager alarm watches.</summary>
    public double Blip(ShopComponent component, string metric, string statistic, int minute, double value)
        => scenario.Fault.Kind == FaultKind.None && component.Name == scenario.Fault.Target && minute == onset && statistic == "p99"
            && metric.EndsWith("request.duration", StringComparison.Ordinal) ? value * (0.8 + (0.6 * scenario.Noise)) : 0;
}
