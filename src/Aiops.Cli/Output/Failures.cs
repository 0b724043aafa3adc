using System.Text.Json.Nodes;
using Aiops.Ask.Catalogue;
using Aiops.Ask.Data;
using Aiops.Ask.DuckDb;
using Aiops.Ask.Sql;
using Aiops.Aws.CloudFormation;
using Aiops.Local.Hosting;
using Aiops.Local.Import;
using Aiops.Local.Recordings;
using Aiops.Local.Storage;
using Aiops.Pipeline;
using Aiops.Pipeline.Act;
using Aiops.Pipeline.Intake.Maintenance;
using Aiops.Pipeline.Learn.Exchange;
using Aiops.Pipeline.Reason.Models;
using Aiops.Tickets.Settings;
using Spectre.Console;

namespace Aiops.Cli.Output;

/// <summary>Turns what was thrown into one sentence, a remedy and an exit code. A stack trace is for our own faults alone.</summary>
internal static class Failures
{
    public static int Explain(Exception exception, CommandEnvironment environment, bool asJson)
    {
        var (code, message, remedy) = Judge(exception);
        if (asJson)
        {
            var json = new JsonObject { ["error"] = message, ["remedy"] = remedy, ["exitCode"] = code };
            environment.Output.WriteLine(json.ToJsonString());
        }
        else
        {
            environment.ErrorConsole.MarkupLineInterpolated($"[red]{message}[/]");
            if (remedy.Length > 0)
            {
                environment.ErrorConsole.MarkupLineInterpolated($"{remedy}");
            }
        }

        if (code == ExitCodes.Failed)
        {
            environment.ErrorConsole.WriteException(exception, ExceptionFormats.ShortenPaths);
        }

        return code;
    }

    private static (int Code, string Message, string Remedy) Judge(Exception exception) => exception switch
    {
        UserErrorException e => (e.ExitCode, e.Message, e.Remedy),
        MaintenanceWindowsException e => (ExitCodes.Usage, e.Message, ""),
        TicketSettingsException e => (ExitCodes.Usage, e.Message, ""),
        ModelSettingsException e => (ExitCodes.Usage, e.Message, ""),
        ActionAllowListException e => (ExitCodes.Usage, e.Message, "docs/actions.md has the format."),
        PlaybooksRefusedException e => (ExitCodes.Usage, e.Message, "docs/ and playbooks/README.md have the format."),
        DuckDbMissingException e => (ExitCodes.NotFound, e.Message, DuckDbLibrary.Remedy),
        KnowledgeException e => (ExitCodes.Usage, e.Message, "docs/ask.md has the format."),
        AttachException e => (ExitCodes.BadInput, e.Message, ""),
        StatementException e => (ExitCodes.BadInput, e.Message, ""),
        ImportException e => (ExitCodes.BadInput, e.Message, ""),
        ImportRefusedException e => (ExitCodes.BadInput, e.Message, ""),
        RecordingException e => (ExitCodes.BadInput, e.Message, "docs/recordings.md has the format."),
        DeployedStackException e => (ExitCodes.NotFound, e.Message, "Check the name, and AWS_REGION and the credentials of the environment."),
        StoreUnavailableException e => (ExitCodes.State, e.Message, "Try again in a while."),
        DatabaseFileException e => (ExitCodes.State, e.Message, ""),
        DatabaseBusyException e => (ExitCodes.State, e.Message, "Another process works on it; try again, or name another folder with --state."),
        UnauthorizedAccessException e => (ExitCodes.State, e.Message, "Check the rights, or name another folder with --state."),
        IOException e => (ExitCodes.State, e.Message, "Check the path and the space left on the disk."),
        _ => (ExitCodes.Failed, $"This is our fault: {exception.GetType().Name}: {exception.Message}", "Please report it with the lines below."),
    };
}
