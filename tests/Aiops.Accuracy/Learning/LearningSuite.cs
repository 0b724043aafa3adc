using Aiops.Accuracy.Calibration;
using Aiops.Accuracy.Figures;
using Aiops.Accuracy.RootCauses;
using Aiops.Analysis.RootCauses;
using Aiops.Local.Import;

namespace Aiops.Accuracy.Learning;

/// <summary>Whether reviews make the next answer better: labels as reviews, in time order, all services renamed from the middle on.</summary>
/// <remarks>
/// Judged are the cases of the second half, each by the cases before it, the renamed ones of its own half included. The same
/// is done in other orders, for one order of few cases is one draw.
/// </remarks>
internal sealed class LearningSuite : ISuite
{
    private const int Orders = 10;
    private const int Simulated = 300;
    private const int ShortCases = 6;

    public string Name => "learning";

    public string Question => "Do reviews make the next answer better, for services that have another name since?";

    public async Task<SuiteReport> RunAsync(SuiteRun run, CancellationToken cancellationToken)
    {
        var ours = new FigureSet();
        List<string> notes = [];
        var cases = 0;
        foreach (var (name, labelled) in await ReadAsync(run, cancellationToken))
        {
            cases += labelled.Count;
            var all = labelled.ConvertAll(one => new TwiceNamed(AnsweredCase.Of(one), AnsweredCase.Of(RenamedServices.Rename(one))));
            var judged = SecondHalf(all);
            Add(ours, $"{name}, in time order", judged);
            ours.AddGroup($"{name}, all but the cause's own cases reviewed ({all.Count})", Figures(NeverReviewed(all), withIntervals: true));
            if (Quiet(name, labelled, all) is { } quiet)
            {
                notes.Add(quiet);
            }

            notes.Add($"{name}: trust in likeness {judged[0].Trust:0.00} at first, {judged[^1].Trust:0.00} at the end (prior {Analysis.Learning.LearnedRanking.PriorTrust:0.0}).");
            var random = new Random(20_261);
            List<JudgedCase> shuffled = [];
            for (var order = 0; order < (run.Short ? 1 : Orders); order++)
            {
                shuffled.AddRange(SecondHalf([.. all.Select(one => (one, Key: random.Next())).OrderBy(pair => pair.Key).Select(pair => pair.one)]));
            }

            Add(ours, $"{name}, {(run.Short ? 1 : Orders)} other orders", shuffled, withIntervals: false);
        }

        return new SuiteReport(Name, cases, ours)
        {
            Notes =
            [
                .. notes,
                "Reviewed: the component was the cause of an earlier case; the same fault: with the same fault. Intervals of shuffled orders would repeat cases, and are left out.",
            ],
        };
    }

    /// <summary>Each case, renamed, by the reviews of all cases whose cause was another component: what was never reviewed.</summary>
    private static List<JudgedCase> NeverReviewed(List<TwiceNamed> all)
    {
        List<JudgedCase> judged = [];
        foreach (var cause in all.GroupBy(one => one.Original.Labelled.Truth.Component!, StringComparer.Ordinal))
        {
            var run = new LearningRun();
            foreach (var other in all.Where(one => one.Original.Labelled.Truth.Component != cause.Key))
            {
                run.Learn(other.Original, other.Original.Labelled.Truth.Component!);
            }

            judged.AddRange(run.Ask([.. cause.Select(one => one.Renamed)], cause.Key));
        }

        return judged;
    }

    /// <summary>Alarms in normal life after every case was learned: the right answer is still that nobody is named. Null where there are none.</summary>
    private static string? Quiet(string name, List<LabelledCase> labelled, List<TwiceNamed> all)
    {
        HashSet<string> alarms = new(StringComparer.Ordinal);
        List<RootCauseCase> quiet = [.. labelled
            .Where(one => one.Label("scenario") is var scenario && scenario.EndsWith("_traffic", StringComparison.Ordinal)
                && one.Case.Symptom is { } alarm && alarms.Add($"{scenario}/{alarm.Component}/{alarm.Metric}"))
            .SelectMany(one => QuietAlarm.Of(one.Case))];
        if (quiet.Count == 0)
        {
            return null;
        }

        var run = new LearningRun();
        all.ForEach(one => run.Learn(one.Original, one.Original.Labelled.Truth.Component!));
        var (off, on) = run.NamesNobody(quiet);
        return FormattableString.Invariant($"{name}: of {quiet.Count} alarms in normal life, {off:0.000} name nobody without learning and {on:0.000} with all cases learned.");
    }

    internal static List<JudgedCase> SecondHalf(IReadOnlyList<TwiceNamed> ordered)
    {
        var run = new LearningRun();
        List<JudgedCase> judged = [];
        for (var i = 0; i < ordered.Count; i++)
        {
            var renamed = i >= ordered.Count / 2;
            var one = run.Judge(renamed ? ordered[i].Renamed : ordered[i].Original, ordered[i].Original.Labelled.Truth.Component!);
            if (renamed)
            {
                judged.Add(one);
            }
        }

        return judged;
    }

    private static async Task<List<(string Name, List<LabelledCase> Cases)>> ReadAsync(SuiteRun run, CancellationToken cancellationToken)
    {
        List<(string, List<LabelledCase>)> all = [];
        foreach (IRecordingImporter importer in (IRecordingImporter[])[new PetshopImporter(), new NezhaImporter()])
        {
            List<LabelledCase> cases = [];
            await foreach (var labelled in CaseReader.ReadAllAsync(importer, Path.Combine(run.DataFolder, importer.Name), cancellationToken))
            {
                cases.Add(labelled);
                if (run.Short && cases.Count == ShortCases)
                {
                    break;
                }
            }

            all.Add((importer.Name, [.. cases.OrderBy(one => one.Case.Symptom?.At).ThenBy(one => one.Name, StringComparer.Ordinal)]));
        }

        List<LabelledCase> simulated = [];
        await foreach (var drawn in SimulatedCases.DrawAsync(20_000_001, run.Short ? ShortCases : Simulated, cancellationToken))
        {
            if (drawn.Truth.Component is not null)
            {
                simulated.Add(drawn);
            }
        }

        all.Add(("simulated", simulated));
        return all;
    }

    private static void Add(FigureSet figures, string name, List<JudgedCase> judged, bool withIntervals = true)
    {
        Group(name, judged);
        Group($"{name}: reviewed", [.. judged.Where(one => one.ComponentSeen)]);
        Group($"{name}: the same fault reviewed", [.. judged.Where(one => one.FaultSeen)]);
        Group($"{name}: never reviewed", [.. judged.Where(one => !one.ComponentSeen)]);

        void Group(string group, List<JudgedCase> some)
        {
            if (some.Count > 0)
            {
                figures.AddGroup($"{group} ({some.Count})", Figures(some, withIntervals));
            }
        }
    }

    private static FigureSet Figures(IReadOnlyList<JudgedCase> judged, bool withIntervals)
    {
        var figures = new FigureSet();
        Rate("top1Off", one => one.Off.Top1);
        Rate("top1On", one => one.On.Top1);
        static double Gain(IReadOnlyList<JudgedCase> some) => some.Average(one => one.On.Top1 - one.Off.Top1);
        figures.Add("gain", Gain(judged), withIntervals ? BootstrapInterval.Of(judged, Gain) : null);
        Rate("top3Off", one => one.Off.Top3);
        Rate("top3On", one => one.On.Top3);
        List<Forecast> off = [.. judged.Select(one => one.Off.Promise).OfType<Forecast>()];
        List<Forecast> on = [.. judged.Select(one => one.On.Promise).OfType<Forecast>()];
        return figures.Add("brierOff", BrierScore.Of(off)).Add("brierOn", BrierScore.Of(on))
            .Add("eceOff", CalibrationError.Expected(off)).Add("eceOn", CalibrationError.Expected(on));

        void Rate(string key, Func<JudgedCase, double> of)
            => figures.Add(key, judged.Average(of), withIntervals ? WilsonInterval.Of(judged.Sum(of), judged.Count) : null);
    }

    /// <summary>A case before and after its services got other names.</summary>
    internal sealed record TwiceNamed(AnsweredCase Original, AnsweredCase Renamed);
}
