using Aiops.Accuracy.Output;
using Aiops.Accuracy.RootCauses.Peers;
using Aiops.Local.Recordings;
using Aiops.Simulator;

namespace Aiops.Accuracy.RootCauses;

/// <summary>Root causes in incidents simulated from seeds: needs no data, and so guards every checkout.</summary>
/// <remarks>What raises no alarm is no incident and isn't counted.</remarks>
internal sealed class SimulatedSuite : ISuite
{
    private const int Seeds = 200;
    private const int ShortSeeds = 12;

    public string Name => "simulated";

    public string Question => "Which component was the fault simulated in? Needs no data.";

    public async Task<SuiteReport> RunAsync(SuiteRun run, CancellationToken cancellationToken)
    {
        List<IRootCauseMethod> methods = [new OurEngine(), .. RootCausePeers.All];
        var boards = methods.ConvertAll(_ => new Scoreboard());
        var (cases, silent) = (0, 0);
        for (var seed = 1; seed <= (run.Short ? ShortSeeds : Seeds); seed++)
        {
            var files = new MemoryFiles();
            Simulation.Run(Scenario.Draw(seed), files);
            var recording = Recording.Open(files);
            if (await CaseReader.AlarmOfAsync(recording, cancellationToken) is null)
            {
                silent++;
                continue;
            }

            cases++;
            var labelled = await CaseReader.ReadAsync(recording, cancellationToken);
            for (var i = 0; i < methods.Count; i++)
            {
                Score(boards[i], labelled, methods[i].Rank(labelled.Case));
            }
        }

        string[] keys = ["top1", "top3", "specificity"];
        var report = new SuiteReport(Name, cases, boards[0].ToFigures(keys))
        {
            Peers = [.. boards.Skip(1).Zip(RootCausePeers.All, (board, peer) => (peer.Name, board.ToFigures(keys)))],
            Notes = [$"{silent} scenarios raised no alarm and are not counted.", "The peers judge by metrics alone."],
        };
        await BarChart.WriteAsync(run, report, cancellationToken);
        return report;
    }

    private static void Score(Scoreboard board, LabelledCase labelled, IReadOnlyDictionary<string, double> scores)
    {
        var kind = labelled.Truth.Kind ?? "";
        if (labelled.Truth.Component is { } cause)
        {
            board.Add(kind, "top1", ExpectedHit.Among(1, scores, cause));
            board.Add(kind, "top3", ExpectedHit.Among(3, scores, cause));
        }
        else
        {
            board.Add(kind, "specificity", scores.Count == 0 ? 1 : 0);
        }
    }
}
