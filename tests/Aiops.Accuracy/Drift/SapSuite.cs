using Aiops.Accuracy.Drift.Peers;
using Aiops.Accuracy.Figures;
using Aiops.Accuracy.Output;
using Aiops.Analysis.Drift;
using Aiops.Analysis.Telemetry;

namespace Aiops.Accuracy.Drift;

/// <summary>
/// Regressions after a build: people's verdicts on real series, and seeded series with the same kinds injected.
/// </summary>
internal sealed class SapSuite : ISuite
{
    /// <summary>
    /// One setting for everything that is measured here, the product's own: a duration, by default a false alarm in 20,000.
    /// </summary>
    public static readonly DriftSettings Settings = new() { Kind = SignalKind.Latency };

    private const int Simulated = 200;
    private const int SimulatedShort = 50;
    private const int Seed = 2026; // The settings were chosen on seeds 1 to 10.

    private static readonly (string Name, Func<IRegressionWatch> New)[] Peers =
    [
        ("CUSUM (k 0.5, h 5)", () => new PageCusum()),
        ("windowed Gaussian (3σ)", () => new WindowedGaussian()),
        ("Mann-Whitney windows", () => new MannWhitneyWindows()),
    ];

    public string Name => "sap";

    public string Question => "Which build made it slower, how soon, and how often wrongly?";

    public async Task<SuiteReport> RunAsync(SuiteRun run, CancellationToken cancellationToken)
    {
        var real = SapData.Read(run.DataFolder);
        var simulated = SimulatedSeries.Draw(run.Short ? SimulatedShort : Simulated, Seed);
        var measured = Watched(real, cancellationToken);
        var onSimulated = Watched(simulated, cancellationToken);
        var report = new SuiteReport(Name, real.Count, WithGroups(Figures(measured, onSimulated), onSimulated))
        {
            Peers =
            [
                .. Peers.Select(peer => (
                    peer.Name,
                    DriftFigures.Of(Run(real, peer.New, cancellationToken), Run(simulated, peer.New, cancellationToken)))),
            ],
            Notes = [.. Notes(measured, simulated.Count)],
        };
        await BarChart.WriteAsync(run, report, cancellationToken);
        return report;
    }

    private static FigureSet Figures(List<Watched> real, List<Watched> simulated)
        => DriftFigures.Of([.. real.Select(one => one.Result)], [.. simulated.Select(one => one.Result)])
            .Add("kindsSimulated", DriftFigures.ShareNamed(simulated), DriftFigures.IntervalNamed(simulated));

    private static FigureSet WithGroups(FigureSet figures, List<Watched> simulated)
    {
        foreach (var group in simulated.GroupBy(one => one.Result.Series.Kind).OrderBy(group => group.Key))
        {
            figures.AddGroup($"injected {group.Key}", DriftFigures.OfKind([.. group]));
        }

        var regressions = simulated.Where(one => one.Result.Series.Change is not null).GroupBy(SizeOf);
        foreach (var group in regressions.OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            figures.AddGroup(group.Key, DriftFigures.OfRegressions([.. group]));
        }

        return figures;
    }

    private static string SizeOf(Watched one)
    {
        var shape = one.Result.Series.ClimbEnd > one.Result.Series.Change ? "climb" : "jump";
        return FormattableString.Invariant($"{one.Result.Series.Size:0.0} deviations, {shape}");
    }

    private static IEnumerable<string> Notes(List<Watched> real, int simulated)
    {
        yield return $"Figures ending in Simulated are of {simulated} seeded series (seed {Seed}); false ones are per series.";
        yield return "A rise of less than 2 % of the level, or of half a deviation, is no regression here.";
        yield return "A further rise that begins within 128 measurements of the last belongs to the same regression.";
        foreach (var one in real.Where(one => !one.NamesKind))
        {
            yield return $"{one.Result.Series.Name}: people say {one.Result.Series.Kind}, the last verdict was {one.Watch.Kind}.";
        }
    }

    private static List<Watched> Watched(List<LabelledSeries> series, CancellationToken cancellationToken)
        => series.ConvertAll(one =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var watch = new OurWatch(Settings);
            return new Watched(WalkForward.Run(one, watch), watch);
        });

    private static List<WatchResult> Run(
        List<LabelledSeries> series, Func<IRegressionWatch> watch, CancellationToken cancellationToken)
        => series.ConvertAll(one =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return WalkForward.Run(one, watch());
        });
}

/// <summary>A series that the product's detector has followed to its end.</summary>
internal sealed record Watched(WatchResult Result, OurWatch Watch)
{
    /// <summary>
    /// Whether what is in the series was said: a regression at any time while it lasted, any other kind at the end.
    /// </summary>
    public bool NamesKind => Result.Series.Change is not null ? Result.DelayBuilds is not null : Watch.Kind == Result.Series.Kind;

    /// <summary>Whether the build that began it is among the suspects of the first regression raised.</summary>
    public bool SuspectsBuild => Result is { DelayBuilds: not null, Series: { Change: { } change } series }
        && Watch.First!.Suspects.Any(suspect => suspect.Name == OurWatch.NameOf(series.Builds[change]));
}
