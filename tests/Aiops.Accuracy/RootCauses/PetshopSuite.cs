using Aiops.Accuracy.Output;
using Aiops.Accuracy.RootCauses.Peers;
using Aiops.Analysis.RootCauses;
using Aiops.Local.Import;

namespace Aiops.Accuracy.RootCauses;

/// <summary>Root causes in a real application on AWS, and alarms in its normal life, where the right answer is none.</summary>
internal sealed class PetshopSuite : ISuite
{
    private const int ShortCases = 3;

    private static readonly (string Key, int First)[] Figures = [("top1", 1), ("top3", 3)];

    public string Name => "petshop";

    public string Question => "Which component of a real application on AWS caused an issue, and does a quiet day name none?";

    public async Task<SuiteReport> RunAsync(SuiteRun run, CancellationToken cancellationToken)
    {
        List<IRootCauseMethod> methods = [new OurEngine(), .. RootCausePeers.All];
        var boards = methods.ConvertAll(_ => new Scoreboard());
        HashSet<string> alarmsSeen = new(StringComparer.Ordinal);
        HashSet<string> borrowers = new(StringComparer.Ordinal);
        var cases = 0;
        await foreach (var labelled in CaseReader.ReadAllAsync(new PetshopImporter(), run.DataFolder, cancellationToken))
        {
            var (scenario, cause) = (labelled.Label("scenario"), CauseOf(labelled));
            var group = $"{scenario} {labelled.Label("metric")}";
            var pooled = HasNormalPeriod(run.DataFolder, scenario);
            cases += pooled ? 1 : 0;
            Each(methods, (method, i) =>
            {
                var scores = method.Rank(labelled.Case);
                foreach (var (key, first) in Figures)
                {
                    var hit = ExpectedHit.Among(first, scores, cause);
                    boards[i].Add(group, key, hit, pooled);
                    if (pooled)
                    {
                        boards[i].Add($"caused by {cause}", key, hit, pooled: false); // Pooled already.
                    }
                }
            });
            if (!pooled)
            {
                borrowers.Add(scenario);
            }
            else if (labelled.Case.Symptom is { } alarm && alarmsSeen.Add($"{scenario}/{alarm.Component}/{alarm.Metric}"))
            {
                foreach (var quiet in QuietAlarm.Of(labelled.Case))
                {
                    Each(methods, (method, i) => boards[i].Add(group, "specificity", Quiet(method, quiet)));
                }

                var apart = $"{group}, all after the cut";
                foreach (var quiet in QuietAlarm.OfTheRest(labelled.Case))
                {
                    Each(methods, (method, i) => boards[i].Add(apart, "specificity", Quiet(method, quiet), pooled: false));
                }
            }

            if (run.Short && cases == ShortCases)
            {
                break;
            }
        }

        string[] keys = [.. Figures.Select(figure => figure.Key), "specificity"];
        var report = new SuiteReport(Name, cases, boards[0].ToFigures(keys))
        {
            Peers = [.. boards.Skip(1).Zip(RootCausePeers.All, (board, peer) => (peer.Name, board.ToFigures(keys)))],
            Notes = NotesOn(alarmsSeen.Count, borrowers),
        };
        await BarChart.WriteAsync(run, report, cancellationToken);
        return report;
    }

    private static List<string> NotesOn(int alarms, HashSet<string> borrowers)
    {
        List<string> notes =
        [
            "Ties count by expectation; naming no cause is a miss.",
            $"Specificity: {alarms} alarms in normal life, cut {QuietAlarm.Cuts.Count} times, {QuietAlarm.Rows} rows judged. "
                + "The authors judge all rows after the cut, up to a day: groups of their own, not in the pooled figures.",
            "No order or naming rests on parameters fitted to cases, so a cause's figures are those with it left out.",
        ];
        if (borrowers.Count > 0)
        {
            var names = string.Join(", ", borrowers.Order(StringComparer.Ordinal));
            notes.Add($"{names} borrow a normal period: groups of their own, not in the pooled figures.");
        }

        return notes;
    }

    private static double Quiet(IRootCauseMethod method, RootCauseCase quiet) => method.Rank(quiet).Count == 0 ? 1 : 0;

    private static void Each(List<IRootCauseMethod> methods, Action<IRootCauseMethod, int> act)
    {
        for (var i = 0; i < methods.Count; i++)
        {
            act(methods[i], i);
        }
    }

    private static string CauseOf(LabelledCase labelled) => labelled.Truth.Component
        ?? throw new MissingDataException($"{labelled.Name}: target.json has no root_cause.node, which scoring needs.");

    /// <summary>Whether a scenario has its own; those that borrow one are reported apart, as the data's makers ask.</summary>
    internal static bool HasNormalPeriod(string folder, string scenario)
        => File.Exists(Path.Combine(folder, scenario, "noissue", "metrics.csv"))
            || File.Exists(Path.Combine(folder, "noissue", "metrics.csv")); // The folder is the scenario.
}
