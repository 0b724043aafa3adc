using Aiops.Analysis.Telemetry;
using Aiops.Simulator.Faults;
using Aiops.Simulator.Shop;

namespace Aiops.Simulator.Signals;

/// <summary>What the audit trail shows: the change behind the fault, where one is, among others that did no harm.</summary>
internal static class ChangeSynthesis
{
    public static IReadOnlyList<Change> Of(WebShop shop, Scenario scenario)
    {
        var early = new Change(
            scenario.Start.AddMinutes((int)(scenario.Fault.Onset.TotalMinutes / 3)), shop.NameOf("catalog"), ChangeKind.Configuration,
            "feature flag new-search-box switched on for 5 % of sessions", "product-team", "flag/new-search-box");
        return
        [
            .. new RedHerrings(shop, scenario).Changes.Append(early)
                .Concat(scenario.Faults.Select(fault => Guilty(fault, shop, scenario)).OfType<Change>())
                .OrderBy(change => change.At),
        ];
    }

    private static Change? Guilty(Fault fault, WebShop shop, Scenario scenario)
    {
        var onset = scenario.Start + fault.Onset;
        var target = fault.Target;
        return fault.Kind switch
        {
            FaultKind.BadDeployment => new(
                onset.AddSeconds(-40), target, ChangeKind.Deployment, $"{target} 5.12.0 deployed (was 5.11.3)", "ci-deployer",
                "d-8J2KQ1XWZ"),
            FaultKind.ThrottledTable => new(
                onset.AddSeconds(-95), target, ChangeKind.Configuration,
                $"UpdateTable {target}: provisioned capacity lowered by stack shop-data", "cost-optimiser", "UpdateTable"),
            FaultKind.ScaledToZero => new(
                onset.AddSeconds(-20), target, ChangeKind.Scaling,
                $"UpdateService {target}: desiredCount {shop[target].Tasks} -> 0", "scheduled-scaling", "UpdateService"),
            _ => null,
        };
    }
}
