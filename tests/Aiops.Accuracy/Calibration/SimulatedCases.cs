using System.Runtime.CompilerServices;
using Aiops.Accuracy.RootCauses;
using Aiops.Local.Recordings;
using Aiops.Simulator;
using Aiops.Simulator.Faults;
using Aiops.Simulator.Shop;

namespace Aiops.Accuracy.Calibration;

/// <summary>
/// Incidents of the simulated shop, drawn to be hard: faults down to hardly visible, noise, red herrings, telemetry that is
/// missing (<see cref="MissingTelemetry"/>), and a fifth without any fault. A seed decides everything.
/// </summary>
internal static class SimulatedCases
{
    private const double WithoutFault = 0.2;
    private const double Weakest = 0.3; // Of the drawn strength.
    private const double Noisiest = 2;

    /// <summary>So many cases from the seeds on; a fault too weak to raise an alarm makes none, for nobody would ask.</summary>
    public static async IAsyncEnumerable<LabelledCase> DrawAsync(
        long firstSeed, int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var seed = firstSeed; count > 0; seed++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await DrawAsync(seed, cancellationToken) is { } drawn)
            {
                yield return drawn;
                count--;
            }
        }
    }

    private static async Task<LabelledCase?> DrawAsync(long seed, CancellationToken cancellationToken)
    {
        var files = new MemoryFiles();
        Simulation.Run(ScenarioOf(seed), files);
        var recording = Recording.Open(files);
        await using var events = recording.EventsAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        return await events.MoveNextAsync() ? MissingTelemetry.Drop(await CaseReader.ReadAsync(recording, cancellationToken), seed) : null;
    }

    private static Scenario ScenarioOf(long seed)
    {
        var chance = new SimulatedRandom(seed, "calibration");
        var shop = new WebShop();
        var drawn = Scenario.Draw(seed);
        var (kind, target) = (drawn.Fault.Kind, drawn.Fault.Target);
        if (chance.Chance(WithoutFault))
        {
            (kind, target) = (FaultKind.None, chance.Pick([.. Fault.Targets(FaultKind.None, shop)]).Name);
        }
        else if (kind == FaultKind.None)
        {
            kind = chance.Pick([.. Enum.GetValues<FaultKind>().Where(one => one != FaultKind.None)]);
            target = chance.Pick([.. Fault.Targets(kind, shop)]).Name;
        }

        return drawn with
        {
            Fault = drawn.Fault with { Kind = kind, Target = target, Strength = drawn.Fault.Strength * chance.Between(Weakest, 1) },
            Noise = chance.Between(0.5, Noisiest),
            TracesPerMinute = chance.Whole(2, 4),
        };
    }
}
