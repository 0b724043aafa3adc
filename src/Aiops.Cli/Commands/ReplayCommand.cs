using System.CommandLine;
using Aiops.Cli.Output;
using Aiops.Local.Hosting;
using Aiops.Local.Recordings;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops replay RECORDING…</c>: the pipeline on recordings, by event time, each in a state folder of its own.</summary>
internal static class ReplayCommand
{
    private static readonly Argument<string[]> Paths = new("RECORDING")
    {
        Description = "A recording's folder or .zip; several are replayed one after the other.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command(
            "replay",
            """
            Runs the pipeline on recordings, by event time: a wait of days costs nothing.

            Example: aiops replay recordings/bad-deployment
            """) { Paths, CommonOptions.Model };
        command.SetAction((parsed, ct) => RunAsync(parsed, environment, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var asJson = parsed.GetValue(CommonOptions.Json);
        List<ReplayedRecording> all = [];
        foreach (var path in parsed.GetValue(Paths)!)
        {
            var replay = OpenRecording(environment.PathOf(path));
            var folder = Path.Combine(CommonOptions.StateFolder(parsed, environment), "replays", replay.Manifest.Name);
            await using var session = await ReplaySession.OpenAsync(replay, folder, CommonOptions.OpenModel(parsed, environment), cancellationToken);
            if (!asJson)
            {
                ReplayScreen.Watch(session, environment.Console);
            }

            var result = await session.RunAsync(cancellationToken);
            all.Add(ReplayedRecording.Of(replay, result));
            if (!asJson)
            {
                ReplayScreen.ShowResult(result, environment.Console);
            }
        }

        return asJson
            ? all.Count == 1
                ? environment.PrintJson(all[0], CliJson.Default.ReplayedRecording)
                : environment.PrintJson(all, CliJson.Default.ListReplayedRecording)
            : ExitCodes.Ok;
    }

    internal static Recording OpenRecording(string path)
    {
        try
        {
            return Recording.Open(path);
        }
        catch (RecordingException e)
        {
            throw new UserErrorException(ExitCodes.NotFound, e.Message, "docs/recordings.md has the format; `aiops import` and `aiops simulate` make some.");
        }
    }
}
