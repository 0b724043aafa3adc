using Aiops.Accuracy.Figures;
using Aiops.Accuracy.Output;
using Aiops.Accuracy.RootCauses.Peers;
using Aiops.Local.Import;
using Aiops.Local.Recordings;
using Aiops.Simulator;

namespace Aiops.Accuracy.RootCauses.LateOnset;

/// <summary>The same causes under worse conditions: a late alarm, noise, gaps, components that nobody sees.</summary>
internal sealed class LateOnsetSuite : ISuite
{
    private const int First = 3;
    private const int ShortCases = 1;

    private static readonly TimeSpan PetshopPeriod = TimeSpan.FromMinutes(5); // As the data's description gives them.
    private static readonly TimeSpan NezhaPeriod = TimeSpan.FromMinutes(1);

    public string Name => "late-onset";

    public string Question => "How much is lost when alarms come late and telemetry is worse?";

    public async Task<SuiteReport> RunAsync(SuiteRun run, CancellationToken cancellationToken)
    {
        List<IRootCauseMethod> methods = [new OurEngine(), .. RootCausePeers.All];
        List<CaseLosses> cases = [];
        await foreach (var one in MeasureAsync(new PetshopImporter(), run, PetshopVariants, methods, cancellationToken))
        {
            cases.Add(one);
        }

        await foreach (var one in MeasureAsync(new NezhaImporter(), run, NezhaVariants, methods, cancellationToken))
        {
            cases.Add(one);
        }

        var report = new SuiteReport(Name, cases.Count(one => one.Apart is null), FiguresOf(cases, 0))
        {
            Peers = [.. RootCausePeers.All.Select((peer, i) => (peer.Name, FiguresOf(cases, i + 1)))],
            Notes =
            [
                "The loss of a case is its top-3 hit undisturbed, less the mean over its variants; below zero, a variant helped.",
                "A late alarm moves the window by as much; normal life that reached up to it takes the fault's first samples in.",
                "The window that begins a sample after the onset has lost most of a fault of ten minutes; it isn't in the mean.",
                "The peers judge by metrics alone.",
                .. NotesOn(cases),
            ],
        };
        await BarChart.WriteAsync(run, report, cancellationToken);
        return report;
    }

    private static IEnumerable<string> NotesOn(List<CaseLosses> cases)
    {
        var borrowers = string.Join(
            ", ", cases.Select(one => one.Apart).OfType<string>().Distinct().Order(StringComparer.Ordinal));
        return borrowers.Length == 0
            ? []
            : [$"{borrowers} borrow a normal period: groups of their own, in neither the pooled figure nor the variants'."];
    }

    private static IEnumerable<Variant> PetshopVariants(bool brief)
    {
        foreach (var samples in new[] { 1, 2 })
        {
            var late = samples * PetshopPeriod;
            var name = $"petshop alarm {samples} late";
            yield return new Variant(name, (situation, _, _) => LateAlarm.By(situation, late));
            yield return new Variant($"{name}, into normal life", (situation, _, _) => LateAlarm.IntoNormalLife(situation, late));
        }

        foreach (var variant in Worse("petshop", brief ? 1 : 3))
        {
            yield return variant;
        }

        const string Lost = "petshop window a sample after the onset";
        yield return new Variant(Lost, (situation, _, _) => LateAlarm.AfterOnset(situation, PetshopPeriod)) { Apart = true };
    }

    private static IEnumerable<Variant> NezhaVariants(bool brief)
        => Worse("nezha", brief ? 1 : 3)
            .Prepend(new Variant("nezha alarm 1 minute late", (situation, _, _) => LateAlarm.By(situation, NezhaPeriod)));

    private static IEnumerable<Variant> Worse(string data, int draws) =>
    [
        new($"{data} noise", (situation, _, chance) => WorseTelemetry.Noise(situation, chance), draws),
        new($"{data} gaps", (situation, _, chance) => WorseTelemetry.Gaps(situation, chance), draws),
        new($"{data} missing components", WorseTelemetry.Missing, draws),
    ];

    private static async IAsyncEnumerable<CaseLosses> MeasureAsync(
        IRecordingImporter importer, SuiteRun run, Func<bool, IEnumerable<Variant>> variants, List<IRootCauseMethod> methods,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = Path.Combine(run.DataFolder, importer.Name);
        if (!Directory.Exists(folder))
        {
            throw new MissingDataException($"{folder} does not exist: expected the {importer.Name} data in it.");
        }

        var cases = 0;
        await foreach (var imported in importer.ImportAsync(folder, name => new MemoryFiles(name), cancellationToken))
        {
            var recording = Recording.Open(imported.Files);
            var truth = CaseReader.TruthOf(recording);
            var cause = truth.Component
                ?? throw new MissingDataException($"{imported.Name} names no root cause: expected the label that scoring needs.");
            var situation = await Situation.ReadAsync(recording, cancellationToken);
            var undisturbed = await HitsAsync(situation, cause, methods, cancellationToken);
            List<(Variant, double[])> losses = [];
            foreach (var variant in variants(run.Short))
            {
                var mean = new double[methods.Count];
                for (var draw = 0; draw < variant.Draws; draw++)
                {
                    var disturbed = variant.Apply(situation, cause, new SimulatedRandom(draw, $"{imported.Name} {variant.Name}"));
                    var hits = await HitsAsync(disturbed, cause, methods, cancellationToken);
                    for (var i = 0; i < hits.Length; i++)
                    {
                        mean[i] += (undisturbed[i] - hits[i]) / variant.Draws;
                    }
                }

                losses.Add((variant, mean));
            }

            var scenario = truth.Labels?.GetValueOrDefault("scenario");
            var apart = scenario is null || PetshopSuite.HasNormalPeriod(folder, scenario) ? null : scenario;
            yield return new CaseLosses(apart, losses);
            cases += apart is null ? 1 : 0;
            if (run.Short && cases == ShortCases)
            {
                yield break;
            }
        }
    }

    private static async Task<double[]> HitsAsync(
        Situation situation, string cause, List<IRootCauseMethod> methods, CancellationToken cancellationToken)
    {
        var incident = await CaseReader.AskAsync(situation.Telemetry.ToSources(situation), situation.Alarm, cancellationToken);
        return [.. methods.Select(method => ExpectedHit.Among(First, method.Rank(incident), cause))];
    }

    private static FigureSet FiguresOf(List<CaseLosses> cases, int method)
    {
        double MeanOf(CaseLosses one) => one.ByVariant.Where(by => !by.Variant.Apart).Average(by => by.Losses[method]);
        var pooled = cases.Where(one => one.Apart is null).ToList();
        var set = FigureOf([.. pooled.Select(MeanOf)]);
        var variants = pooled.SelectMany(one => one.ByVariant).ToLookup(by => by.Variant.Name);
        foreach (var variant in variants.OrderBy(by => by.Key, StringComparer.Ordinal))
        {
            set.AddGroup(variant.Key, FigureOf([.. variant.Select(by => by.Losses[method])]));
        }

        var apart = cases.Where(one => one.Apart is not null).GroupBy(one => one.Apart!);
        foreach (var scenario in apart.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            set.AddGroup(scenario.Key, FigureOf([.. scenario.Select(MeanOf)]));
        }

        return set;
    }

    private static FigureSet FigureOf(IReadOnlyList<double> losses) => new FigureSet()
        .Add("top3Loss", losses.Count == 0 ? double.NaN : losses.Average(), BootstrapInterval.Of(losses, Enumerable.Average));

    /// <summary>One way in which a case is made harder.</summary>
    /// <param name="Apply">Given the case, its cause, and chance.</param>
    private sealed record Variant(string Name, Func<Situation, string, SimulatedRandom, Situation> Apply, int Draws = 1)
    {
        /// <summary>Harder than what is asked: shown as a group, not counted in the mean.</summary>
        public bool Apart { get; init; }
    }

    /// <summary>What a case loses by variant, a figure a method.</summary>
    /// <param name="Apart">Its scenario, where that one borrows its normal period; null for what is pooled.</param>
    private sealed record CaseLosses(string? Apart, IReadOnlyList<(Variant Variant, double[] Losses)> ByVariant);
}
