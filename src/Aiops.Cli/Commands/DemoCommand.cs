using System.CommandLine;
using Aiops.Cli.Output;
using Aiops.Local.Hosting;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops demo</c>: the five recordings that ship with the project, the first one told stage by stage.</summary>
internal static class DemoCommand
{
    private const string Featured = "database-out-of-connections";

    private static readonly Option<string> Name = new("--recording")
    {
        Description = "Which recording is told in full.",
        DefaultValueFactory = _ => Featured,
    };

    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command(
            "demo",
            """
            Recorded incidents go in as alarm events, ticket comments come out. The recordings are simulated and say so.

            Examples:
              aiops demo
              aiops demo --recording throttled-table
            """) { Name };
        command.SetAction((parsed, ct) => RunAsync(parsed, environment, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var recordings = Path.Combine(AppContext.BaseDirectory, "recordings");
        var names = Directory.EnumerateDirectories(recordings).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal).ToList();
        var featured = parsed.GetValue(Name)!;
        if (!names.Contains(featured))
        {
            throw new UserErrorException(ExitCodes.NotFound, $"The demo has no recording {featured}.", $"There are: {string.Join(", ", names)}.");
        }

        var asJson = parsed.GetValue(CommonOptions.Json);
        var console = environment.Console;
        List<ReplayedRecording> all = [];
        foreach (var name in names.OrderBy(name => name != featured))
        {
            var recording = ReplayCommand.OpenRecording(Path.Combine(recordings, name));
            var folder = Path.Combine(CommonOptions.StateFolder(parsed, environment), "demo", name);
            await using var session = await ReplaySession.OpenAsync(recording, folder, cancellationToken);
            if (!asJson && name == featured)
            {
                console.Write(new Rule($"[bold]{Markup.Escape(recording.Manifest.Title)}[/] [grey](simulated; events by their own time)[/]").LeftJustified());
                ReplayScreen.Watch(session, console);
            }

            var result = await session.RunAsync(cancellationToken);
            all.Add(ReplayedRecording.Of(recording, result));
            if (!asJson && name == featured)
            {
                ReplayScreen.ShowResult(result, console);
                console.WriteLine();
                console.Write(new Rule("[bold]The other four recordings[/]").LeftJustified());
            }
            else if (!asJson)
            {
                ReplayScreen.ShowSummary(recording, result, console);
            }
        }

        return asJson ? environment.PrintJson(all, CliJson.Default.ListReplayedRecording) : ExitCodes.Ok;
    }
}
