using Aiops.Accuracy.Output;
using Aiops.Accuracy.RootCauses.Peers;
using Aiops.Local.Import;

namespace Aiops.Accuracy.RootCauses;

/// <summary>Root causes in a shop of some forty services, from metrics, logs and traces together.</summary>
internal sealed class NezhaSuite : ISuite
{
    private const int ShortCases = 1;

    private static readonly (string Key, int First)[] Figures = [("as1", 1), ("as3", 3), ("as5", 5)];

    public string Name => "nezha";

    public string Question => "Which service was the fault injected into, from metrics, logs and traces together?";

    public async Task<SuiteReport> RunAsync(SuiteRun run, CancellationToken cancellationToken)
    {
        List<IRootCauseMethod> methods = [new OurEngine(), .. RootCausePeers.All];
        var boards = methods.ConvertAll(_ => new Scoreboard());
        var cases = 0;
        await foreach (var labelled in CaseReader.ReadAllAsync(new NezhaImporter(), run.DataFolder, cancellationToken))
        {
            var cause = labelled.Truth.Component
                ?? throw new MissingDataException($"{labelled.Name}: label.json has no root_cause.service, which scoring needs.");
            for (var i = 0; i < methods.Count; i++)
            {
                var scores = methods[i].Rank(labelled.Case);
                foreach (var (key, first) in Figures)
                {
                    boards[i].Add(labelled.Truth.Kind ?? "unknown", key, ExpectedHit.Among(first, scores, cause));
                }
            }

            if (++cases == ShortCases && run.Short)
            {
                break;
            }
        }

        string[] keys = [.. Figures.Select(figure => figure.Key)];
        var report = new SuiteReport(Name, cases, boards[0].ToFigures(keys))
        {
            Peers = [.. boards.Skip(1).Zip(RootCausePeers.All, (board, peer) => (peer.Name, board.ToFigures(keys)))],
            Notes =
            [
                "Ties count by expectation; naming no cause is a miss.",
                "The peers see metrics alone, all of each service, for no other service has the entry's own metric.",
                "No order or naming rests on parameters fitted to cases, so a cause's figures are those with it left out.",
            ],
        };
        await BarChart.WriteAsync(run, report, cancellationToken);
        return report;
    }
}
