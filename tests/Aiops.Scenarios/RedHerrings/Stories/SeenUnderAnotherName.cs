using Aiops.Pipeline;
using Aiops.Simulator;
using Aiops.Simulator.Faults;

namespace Aiops.Scenarios.RedHerrings.Stories;

internal static class SeenUnderAnotherName
{
    private const string Outweighed =
        "one case makes it 2 to 14 times as likely beside web; the engine, which sees no metric of it, gives web 27 to 127 times as much";

    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["shop-alb"] = "edge",
        ["storefront"] = "web",
        ["checkout"] = "purchase",
        ["orders"] = "bookings",
        ["inventory"] = "stock",
        ["cart"] = "basket",
        ["catalog"] = "assortment",
        ["payments"] = "billing",
        ["recommendations"] = "advice",
        ["fulfilment"] = "dispatch",
        ["shop-db"] = "main-db",
        ["carts"] = "baskets",
        ["products"] = "articles",
        ["payments-ledger"] = "billing-ledger",
        ["catalog-cache"] = "assortment-cache",
        ["order-events"] = "booking-events",
        ["payment-provider"] = "acquirer",
    };

    public static Story Story { get; } = new()
    {
        Title = "A cause seen before under another service's name",
        Told = "Three weeks ago a release of cart failed; nobody records cart's metrics, the storefront was blamed, and a reviewer named cart. "
            + "Since then every service has got another name, and it happens again.",
        Before = new Earlier(
            seed => Scene(seed + 100), Verdict.Corrected, "cart", "The new version of cart read a list that can be empty."),
        Scene = seed => Scene(seed).Renamed(Renamed),
        Demands =
        [
            Demand.First("basket").OnlyFor(1, Outweighed),
            Demand.Cites("basket", EvidenceKind.Change, "deployed").OnlyFor(4, "a suspect beyond the fifth is not named"),
            Demand.RulesOut("web", "basket").OnlyFor(1, Outweighed),
            Demand.RulesOut("cart", "basket"),
            Demand.SurerThanUntaught("basket").OnlyFor(3, "a correction makes whoever is first less sure, the right one too; and a suspect beyond the fifth is not named"),
            Demand.GainsOn("basket", "web").OnlyFor(4, "a suspect beyond the fifth is not named"),
            Demand.Says("read a list that can be empty"),
        ],
    };

    private static Scenario Scene(long seed) => Story.Shop(seed, FaultKind.BadDeployment, "cart", 0.4, 0.8) with { Unmeasured = new HashSet<string> { "cart" } };
}
