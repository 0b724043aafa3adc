using System.CommandLine;

namespace Aiops.Cli.Commands;

/// <summary>
/// <c>aiops record</c>: an incident's telemetry from live sources into a recording. The interface stands; a live source
/// comes with the AWS adapters, and until then the command says so.
/// </summary>
internal static class RecordCommand
{
    private static readonly Argument<string> Incident = new("INCIDENT") { Description = "The incident's id." };
    private static readonly Option<string> Into = new("--out") { Description = "The recording's folder.", Required = true };
    private static readonly Option<string> Source = new("--source") { Description = "The live source (none is available yet).", Required = true };

    public static Command Create(CommandEnvironment environment)
    {
        _ = environment;
        var command = new Command("record", "Writes an incident's telemetry from a live source into a recording, to be replayed on any version.")
        {
            Incident, Into, Source,
        };
        command.SetAction((parsed, _) => throw new UserErrorException(
            ExitCodes.NotFound,
            $"There is no live source named {parsed.GetValue(Source)}: this version reads telemetry from recordings alone.",
            "Make a recording with `aiops import` or by hand (docs/recordings.md)."));
        return command;
    }
}
