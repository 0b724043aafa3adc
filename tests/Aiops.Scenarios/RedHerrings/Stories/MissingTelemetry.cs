using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Simulator.Faults;

namespace Aiops.Scenarios.RedHerrings.Stories;

internal static class MissingTelemetry
{
    private const string Blind = "a component without metrics is hardly suspected, whatever its log and its deployment say";

    public static Story Sources { get; } = new()
    {
        Title = "Missing telemetry: no logs, no traces, no topology",
        Told = "A release of payments fails. Metrics and changes are all that is recorded, and checkout, which calls it, fails as loudly.",
        Scene = seed => Story.Shop(seed, FaultKind.BadDeployment, "payments", 0.5, 0.9) with
        {
            Without = new HashSet<ContextSource> { ContextSource.Logs, ContextSource.Traces, ContextSource.Topology },
        },
        Demands =
        [
            Demand.First("payments"),
            Demand.Cites("payments", EvidenceKind.Change, "deployed"),
            Demand.Cites("payments", EvidenceKind.Metric, "AWS/Lambda Errors"),
            Demand.RulesOut("checkout", "payments"),
            .. Named("logs", "traces", "topology"),
        ],
    };

    public static Story OfTheCause { get; } = new()
    {
        Title = "Missing telemetry: the cause's own metrics",
        Told = "A release of payments fails. Nobody records payments' metrics and there are no traces; its log and its deployment speak against "
            + "it, and checkout, which calls it, departs in every metric.",
        Scene = seed => Story.Shop(seed, FaultKind.BadDeployment, "payments", 0.5, 0.9) with
        {
            Without = new HashSet<ContextSource> { ContextSource.Traces },
            Unmeasured = new HashSet<string> { "payments" },
        },
        Demands =
        [
            Demand.First("payments").OnlyFor(0, Blind),
            Demand.Cites("payments", EvidenceKind.Change, "deployed").OnlyFor(0, Blind),
            Demand.Cites("payments", EvidenceKind.Log, "TypeError").OnlyFor(0, Blind),
            Demand.RulesOut("checkout", "payments").OnlyFor(0, Blind),
            Demand.LessSureThan(0.8, "checkout").OnlyFor(0, "a caller that explains all that is measured looks like the cause, and that its callee isn't measured takes no confidence away"),
            .. Named("traces"),
        ],
    };

    private static IEnumerable<Demand> Named(params string[] sources) => sources.Select(Demand.Says);
}
