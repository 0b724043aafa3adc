using Aiops.Accuracy.Output;
using Aiops.Accuracy.RootCauses.Peers;
using Aiops.Local.Import;

namespace Aiops.Accuracy.RootCauses;

/// <summary>Root causes in a real application on AWS, and alarms in its normal life, where the right answer is none.</summary>
internal sealed class PetshopSuite : ISuite
{
    private const int ShortCases = 3;

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
                boards[i].Add(group, "top1", ExpectedHit.Among(1, scores, cause), pooled);
                boards[i].Add(group, "top3", ExpectedHit.Among(3, scores, cause), pooled);
            });
            if (!pooled)
            {
                borrowers.Add(scenario);
            }
            else if (labelled.Case.Symptom is { } alarm && alarmsSeen.Add($"{scenario}/{alarm.Component}/{alarm.Metric}"))
            {
                foreach (var quiet in QuietAlarm.Of(labelled.Case))
                {
                    Each(methods, (method, i) => boards[i].Add(group, "specificity", method.Rank(quiet).Count == 0 ? 1 : 0));
                }

                foreach (var quiet in QuietAlarm.OfTheRest(labelled.Case))
                {
                    Each(methods, (method, i) => boards[i].Add($"{group}, all after the cut", "specificity", method.Rank(quiet).Count == 0 ? 1 : 0, pooled: false));
                }
            }

            if (run.Short && cases == ShortCases)
            {
                break;
            }
        }

        string[] keys = ["top1", "top3", "specificity"];
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
            $"Specificity: {alarms} alarms in normal life, {QuietAlarm.Cuts.Count} cuts each, the last {QuietAlarm.Rows} rows before the cut judged. "
                + "The authors judge all rows after the cut, up to a day: groups of their own, not in the pooled figures.",
            "The engine learns nothing from these cases, so leaving a cause out leaves its answers as they are.",
        ];
        if (borrowers.Count > 0)
        {
            notes.Add($"{string.Join(", ", borrowers.Order(StringComparer.Ordinal))} borrow a normal period: groups of their own, not in the pooled figures.");
        }

        return notes;
    }

    private static void Each(List<IRootCauseMethod> methods, Action<IRootCauseMethod, int> act)
    {
        for (var i = 0; i < methods.Count; i++)
        {
            act(methods[i], i);
        }
    }

    private static string CauseOf(LabelledCase labelled) => labelled.Truth.Component
        ?? throw new MissingDataException($"{labelled.Name} has no root_cause.node in its target.json: expected the label that scoring needs.");

    private static bool HasNormalPeriod(string folder, string scenario)
        => File.Exists(Path.Combine(folder, scenario, "noissue", "metrics.csv")) || File.Exists(Path.Combine(folder, "noissue", "metrics.csv"));
}
