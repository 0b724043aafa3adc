using Aiops.Accuracy.Calibration.Peers;
using Aiops.Accuracy.Figures;
using Aiops.Accuracy.RootCauses;
using Aiops.Analysis.RootCauses;
using Aiops.Local.Import;

namespace Aiops.Accuracy.Calibration;

/// <summary>Whether a stated confidence comes true, on causes from which nothing was learned; and whether quiet names nobody.</summary>
/// <remarks>
/// The question asked of every method: how surely is the first suspect the cause? It is asked of rankings that name nobody
/// too, as long as anything departed. Simulated incidents are learned from and judged by different seeds.
/// </remarks>
internal sealed class CalibrationSuite : ISuite
{
    private const string SuiteName = "calibration";
    private const long FittingSeeds = 1;
    private const long TestingSeeds = 10_000_001;

    private static readonly IReadOnlyList<IConfidenceMethod> PeerMethods = [new RawSoftmax(), new RawScore(), new MarginLogistic(), new ConstantRate()];

    public string Name => SuiteName;

    public string Question => "Does the confidence in a root cause come true, for causes that nothing was learned from?";

    public async Task<SuiteReport> RunAsync(SuiteRun run, CancellationToken cancellationToken)
    {
        var quiet = new QuietTally();
        var labelled = await LabelledAsync(run, quiet, cancellationToken);
        var (fitted, tested) = run.Short ? (20, 20) : (1_000, 2_000);
        return await ReportAsync(labelled, quiet, fitted, tested, run.PlotFolder, cancellationToken);
    }

    /// <summary>All of it but for reading the labelled cases, of which there may be none.</summary>
    /// <param name="quiet">How the engine fared in the labelled data's normal life.</param>
    /// <param name="fitted">Simulated incidents to learn from.</param>
    /// <param name="tested">Simulated incidents to be asked about.</param>
    internal static async Task<SuiteReport> ReportAsync(
        IReadOnlyList<JudgedRanking> labelled, QuietTally quiet, int fitted, int tested, string? plots, CancellationToken cancellationToken)
    {
        var simulatedQuiet = new QuietTally();
        var known = await SimulatedAsync(FittingSeeds, fitted, new QuietTally(), cancellationToken);
        var asked = await SimulatedAsync(TestingSeeds, tested, simulatedQuiet, cancellationToken);
        var prior = OurConfidence.FromScratch.Parameters(known);
        var ours = new OurConfidence(prior, OurConfidence.PriorDeviation);
        var refitted = ours.Parameters(labelled);

        Judged Of(IConfidenceMethod onLabelled, IConfidenceMethod onSimulated) => new(
            onLabelled, LeaveOneCauseOut.Forecasts(onLabelled, labelled), Forecasts(onSimulated.Fit(known), known, asked));
        List<Judged> all = [Of(ours, OurConfidence.FromScratch), .. PeerMethods.Select(peer => Of(peer, peer))];
        if (plots is not null)
        {
            await PlotAsync(plots, all, cancellationToken);
        }

        var figures = (quiet + simulatedQuiet).AddTo(Figures(all[0]));
        foreach (var set in labelled.Select(one => one.Set).Distinct().ToList())
        {
            figures.AddGroup(set, Figures([.. all[0].Labelled.Where((_, i) => labelled[i].Set == set)]));
        }

        figures.AddGroup("normal life", quiet.AddTo(new FigureSet()));
        if (quiet.Judged.Count > 0)
        {
            figures.AddGroup("with alarms in normal life", Figures(LeaveOneCauseOut.Forecasts(ours, [.. labelled, .. quiet.Judged])));
        }

        figures.AddGroup("simulated", simulatedQuiet.AddTo(Figures(all[0].Simulated)));
        static double Shipped(RankingFeatures ranking) => FittedConfidence.Shipped.Judge(ranking).Suspects[0];
        figures.AddGroup("as shipped, simulated", Figures(Forecasts(Shipped, known, asked)));
        figures.AddGroup("as shipped, labelled", Figures(Forecasts(Shipped, labelled, labelled)));
        return new SuiteReport(SuiteName, labelled.Count, figures)
        {
            Peers = [.. all.Skip(1).Select(one => (one.Method.Name, Figures(one)))],
            Notes =
            [
                $"Of {labelled.Count} labelled rankings {labelled.Sum(one => one.FirstIsRight):0.#} name the cause first, of {asked.Count} simulated ones {asked.Sum(one => one.FirstIsRight):0.#}; incidents in which nothing departs have no ranking.",
                "Skill is against the share of right answers among the cases of other causes; in hindsight, among these very cases.",
                $"Simulated incidents alone say {Words(prior)}; with all labelled cases it is {Words(refitted)}; shipped is {Words(FittedConfidence.Shipped)}.",
            ],
        };
    }

    private static async Task<IReadOnlyList<JudgedRanking>> LabelledAsync(SuiteRun run, QuietTally quiet, CancellationToken cancellationToken)
    {
        List<JudgedRanking> judged = [];
        HashSet<string> alarms = new(StringComparer.Ordinal);
        foreach (IRecordingImporter importer in (IRecordingImporter[])[new PetshopImporter(), new NezhaImporter()])
        {
            var cases = 0;
            await foreach (var labelled in CaseReader.ReadAllAsync(importer, Path.Combine(run.DataFolder, importer.Name), cancellationToken))
            {
                if (JudgedRanking.Of(importer.Name, labelled.Truth.Component, RootCauseEngine.Rank(labelled.Case)) is { } one)
                {
                    judged.Add(one);
                }

                // A long normal period can be alarmed in; scenarios that borrow one would judge it twice.
                var seen = labelled.Case;
                if (importer is PetshopImporter && seen.Symptom is { } alarm && alarms.Add($"{seen.Baseline.Start:O}/{alarm.Component}/{alarm.Metric}"))
                {
                    quiet.Add(importer.Name, QuietAlarm.Of(seen).Select(RootCauseEngine.Rank));
                }

                if (run.Short && ++cases == 3)
                {
                    break;
                }
            }
        }

        return judged;
    }

    private static async Task<IReadOnlyList<JudgedRanking>> SimulatedAsync(long firstSeed, int count, QuietTally quiet, CancellationToken cancellationToken)
    {
        List<JudgedRanking> judged = [];
        await foreach (var drawn in SimulatedCases.DrawAsync(firstSeed, int.MaxValue, cancellationToken))
        {
            var ranking = RootCauseEngine.Rank(drawn.Case);
            if (JudgedRanking.Of("simulated", drawn.Truth.Component, ranking) is { } one)
            {
                judged.Add(one);
            }

            if (drawn.Truth.Component is null)
            {
                quiet.Add("simulated", [ranking]);
            }

            if (judged.Count == count)
            {
                break;
            }
        }

        return judged;
    }

    private static IReadOnlyList<Forecast> Forecasts(
        Func<RankingFeatures, double> confidence, IReadOnlyList<JudgedRanking> known, IReadOnlyList<JudgedRanking> asked)
    {
        var rate = LeaveOneCauseOut.BaseRateOf(known);
        return [.. asked.Select(one => new Forecast(confidence(one.Features), one.FirstIsRight, rate))];
    }

    private static FigureSet Figures(Judged method)
    {
        var figures = Figures(method.Labelled, method.Method.IsProbability);
        return method.Method.IsProbability
            ? figures.Add("eceSimulated", CalibrationError.Expected(method.Simulated), BootstrapInterval.Of(method.Simulated, CalibrationError.Expected))
            : figures;
    }

    private static FigureSet Figures(IReadOnlyList<Forecast> forecasts, bool isProbability = true)
    {
        var figures = new FigureSet();
        if (isProbability)
        {
            figures.Add("brierSkill", BrierScore.Skill(forecasts), BootstrapInterval.Of(forecasts, BrierScore.Skill));
            figures.Add("brierSkillInHindsight", BrierScore.SkillInHindsight(forecasts));
        }

        figures.Add("riskCoverage", RiskCoverage.Area(forecasts), BootstrapInterval.Of(forecasts, RiskCoverage.Area));
        return !isProbability ? figures : figures
            .Add("ece", CalibrationError.Expected(forecasts), BootstrapInterval.Of(forecasts, CalibrationError.Expected))
            .Add("eceDebiased", CalibrationError.Debiased(forecasts));
    }

    private static async Task PlotAsync(string folder, List<Judged> all, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var labelled = CalibrationPlot.Render("Labelled incidents, the cause left out", [.. all.Select(one => (one.Method.Name, one.Method.IsProbability, one.Labelled))]);
        var simulated = CalibrationPlot.Render("Simulated incidents", [.. all.Select(one => (one.Method.Name, one.Method.IsProbability, one.Simulated))]);
        await File.WriteAllTextAsync(Path.Combine(folder, "calibration-labelled.svg"), labelled, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "calibration-simulated.svg"), simulated, cancellationToken);
    }

    private static string Words(NestedLogit fitted) => FormattableString.Invariant(
        $"new(Sharpness: {fitted.Sharpness:0.00}, Lead: {fitted.Lead:0.00}, Level: {fitted.Level:0.00}, Slope: {fitted.Slope:0.00}, Unseen: {fitted.Unseen:0.00})");

    private sealed record Judged(IConfidenceMethod Method, IReadOnlyList<Forecast> Labelled, IReadOnlyList<Forecast> Simulated);
}
