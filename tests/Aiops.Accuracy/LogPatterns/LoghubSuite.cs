using System.Diagnostics;
using Aiops.Accuracy.Figures;
using Aiops.Accuracy.Output;

namespace Aiops.Accuracy.LogPatterns;

/// <summary>Are lines of one event grouped together, and are events that the first half lacks seen as new?</summary>
/// <remarks>One setting for all systems, online: a group is what it is when the last line was read.</remarks>
internal sealed class LoghubSuite : ISuite
{
    private const int ShortSystems = 3;
    private const int SpeedLines = 1_000_000;
    private const int SpeedRounds = 3;

    public string Name => "loghub";

    public string Question => "Which lines are of one template, and which templates of the second half are new?";

    public async Task<SuiteReport> RunAsync(SuiteRun run, CancellationToken cancellationToken)
    {
        var logs = LabelledLog.ReadAll(run.DataFolder);
        logs = run.Short ? [.. logs.Take(ShortSystems)] : logs;
        List<(string, FigureSet)> peers = [];
        foreach (var peer in LogMiner.Peers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            peers.Add((peer.Name, FiguresOf(peer, logs)));
        }

        var report = new SuiteReport(Name, logs.Count, FiguresOf(LogMiner.Ours, logs))
        {
            Peers = peers,
            Notes = [.. Notes(logs, run.Short)],
        };
        await BarChart.WriteAsync(run, report, cancellationToken);
        return report;
    }

    internal static FigureSet FiguresOf(LogMiner miner, IReadOnlyList<LabelledLog> logs)
    {
        var scored = logs.Select(log => Score(miner, log)).ToList();
        var figures = Means(scored);
        foreach (var one in scored)
        {
            figures.AddGroup(one.System, Means([one]));
        }

        return figures;
    }

    private static FigureSet Means(IReadOnlyList<Scored> scored)
    {
        Interval? Spread(Func<Scored, double> figure)
            => scored.Count < 2 ? null : BootstrapInterval.Of(scored, some => some.Average(figure));

        return new FigureSet()
            .Add("groupingAccuracy", scored.Average(one => one.Accuracy), Spread(one => one.Accuracy))
            .Add("newPatternF1", scored.Average(one => one.NewPatterns), Spread(one => one.NewPatterns))
            .Add("newLineF1", scored.Average(one => one.NewLines), Spread(one => one.NewLines));
    }

    private static Scored Score(LogMiner miner, LabelledLog log)
    {
        var groups = miner.Group(log.Messages);
        return new Scored(
            log.System,
            LogGrouping.Accuracy(groups, log.Events),
            LogGrouping.NewPatternF1(groups, log.Events),
            LogGrouping.NewLineF1(groups, log.Events));
    }

    private static IEnumerable<string> Notes(IReadOnlyList<LabelledLog> logs, bool isShort)
    {
        var raw = logs.Where(log => log.RawLines.Count == log.Events.Count).ToList();
        if (raw.Count > 0)
        {
            var accuracy = raw.Average(log => LogGrouping.Accuracy(LogMiner.Ours.Group(log.RawLines), log.Events));
            yield return FormattableString.Invariant(
                $"On raw lines, header and all, ours reaches {accuracy:0.000}; the figures above are on the message.");
        }

        if (!isShort)
        {
            var messages = logs.SelectMany(log => log.Messages).ToList();
            foreach (var miner in (LogMiner[])[LogMiner.Ours, LogMiner.Peers[0]])
            {
                yield return FormattableString.Invariant(
                    $"{miner.Name}: {LinesPerSecond(miner, messages):N0} lines/s of processor time on one thread.");
            }
        }

        yield return "newPatternF1 counts a template as right only if its lines of the second half are those of a new event; "
            + "newLineF1 counts lines.";
    }

    /// <summary>The best of a few rounds: neighbours on the machine only ever slow.</summary>
    private static double LinesPerSecond(LogMiner miner, List<string> messages)
    {
        List<string> many = [.. Enumerable.Range(0, Math.Max(1, SpeedLines / messages.Count)).SelectMany(_ => messages)];
        using var process = Process.GetCurrentProcess();
        return Enumerable.Range(0, SpeedRounds).Max(_ =>
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            miner.Group(many);
            process.Refresh();
            return many.Count / (process.TotalProcessorTime - before).TotalSeconds;
        });
    }

    private sealed record Scored(string System, double Accuracy, double NewPatterns, double NewLines);
}
