using Aiops.Accuracy.Calibration;
using Aiops.Accuracy.RootCauses;
using Aiops.Analysis.RootCauses;
using Aiops.Local.Import;
using Aiops.Pipeline;
using Aiops.Pipeline.Reason.Checks;

namespace Aiops.Accuracy.Reranking;

/// <summary>
/// What a model can do to the ranking at worst and at best: a liar who knows the answer and puts the second first wherever that
/// is allowed and wrong, and a sage who does so wherever it is right. Between the two lies every model.
/// </summary>
internal sealed class RerankingSuite : ISuite
{
    private const int Simulated = 300;
    private const int ShortCases = 6;

    public string Name => "reranking";

    public string Question => "How much can a model spoil, or mend, by moving causes within its limits?";

    public async Task<SuiteReport> RunAsync(SuiteRun run, CancellationToken cancellationToken)
    {
        var (engine, liar, sage) = (new Scoreboard(), new Scoreboard(), new Scoreboard());
        List<string> notes = [];
        var cases = 0;
        var wider = Wider.ToDictionary(limits => limits, _ => (Open: 0, Spoilt: 0, Mended: 0));
        foreach (var (name, labelled) in await ReadAsync(run, cancellationToken))
        {
            var open = 0;
            foreach (var one in labelled)
            {
                cases++;
                var ranked = Hypotheses(RootCauseEngine.Rank(one.Case));
                var (own, other) = (First(ranked), Moved(ranked));
                var (right, mended) = (own == one.Truth.Component ? 1.0 : 0, (other ?? own) == one.Truth.Component ? 1.0 : 0);
                open += other is null ? 0 : 1;
                engine.Add(name, "top1", right);
                liar.Add(name, "top1", Math.Min(right, mended));
                sage.Add(name, "top1", Math.Max(right, mended));
                foreach (var limits in Wider.Where(limits => Moved(ranked, limits.Margin, limits.Least) is not null))
                {
                    var (was, wouldBe) = (own == one.Truth.Component, Moved(ranked, limits.Margin, limits.Least) == one.Truth.Component);
                    var sum = wider[limits];
                    wider[limits] = (sum.Open + 1, sum.Spoilt + (was && !wouldBe ? 1 : 0), sum.Mended + (wouldBe && !was ? 1 : 0));
                }
            }

            notes.Add($"{name}: in {open} of {labelled.Count} the second may be put first (within {ReRanking.Margin:0.00} of the first, both at least {ReRanking.LeastConfidence:0.00}).");
        }

        return new SuiteReport(Name, cases, engine.ToFigures(["top1"]))
        {
            Peers = [("after a liar who knows the answer", liar.ToFigures(["top1"])), ("after a sage", sage.ToFigures(["top1"]))],
            Notes =
            [
                .. notes,
                .. Wider.Select(limits => FormattableString.Invariant(
                    $"Within {limits.Margin:0.00}, at least {limits.Least:0.00}: {wider[limits].Open} open, a liar spoils {wider[limits].Spoilt}, a sage mends {wider[limits].Mended} of {cases}.")),
            ],
        };
    }

    /// <summary>What other limits would come to.</summary>
    private static readonly (double Margin, double Least)[] Wider = [(.1, .1), (.2, .1), (.3, .1), (.5, .1), (.5, .05), (.7, .05), (.9, .02)];

    private static string? First(IReadOnlyList<Hypothesis> ranked) => ranked.Count > 0 ? ranked[0].Component : null;

    /// <summary>Who would stand first if a model asked for it; null where it may not.</summary>
    private static string? Moved(IReadOnlyList<Hypothesis> ranked, double margin = ReRanking.Margin, double least = ReRanking.LeastConfidence)
        => ranked.Count > 1 && ReRanking.Within(ranked, [ranked[1].Component, ranked[0].Component], margin, least) is { Order: [var first, ..] } ? first : null;

    private static List<Hypothesis> Hypotheses(RootCauseRanking ranking) => [.. ranking.Suspects.Take(5).Select(suspect => new Hypothesis
    {
        Rank = suspect.Rank,
        Component = suspect.Component,
        Statement = "",
        Kind = CauseKind.Unknown,
        Confidence = suspect.Confidence,
        Role = suspect.IsSymptom ? SuspectRole.Symptom : SuspectRole.Cause,
    })];

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

            all.Add((importer.Name, cases));
        }

        List<LabelledCase> simulated = [];
        await foreach (var drawn in SimulatedCases.DrawAsync(30_000_001, run.Short ? ShortCases : Simulated, cancellationToken))
        {
            if (drawn.Truth.Component is not null)
            {
                simulated.Add(drawn);
            }
        }

        all.Add(("simulated", simulated));
        return all;
    }
}
