using System.CommandLine;
using Aiops.Cli.Commands;
using Aiops.Cli.Output;
using Spectre.Console;

namespace Aiops.Cli;

/// <summary>The command line: one class a command in Commands/, listed here in the order of the help.</summary>
internal static class AiopsCommand
{
    public static async Task<int> RunAsync(string[] args, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var parsed = Create(environment).Parse(args);
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = environment.Output, Error = environment.Error },
                cancellationToken) is var code && parsed.Errors.Count > 0 ? ExitCodes.Usage : code;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            environment.ErrorConsole.MarkupLine("[yellow]Interrupted.[/] Nothing is lost: the next run takes it up.");
            return ExitCodes.TimedOut;
        }
        catch (Exception e)
        {
            return Failures.Explain(e, environment, asJson: args.Contains("--json", StringComparer.Ordinal));
        }
    }

    internal static RootCommand Create(CommandEnvironment environment)
    {
        var root = new RootCommand(
            """
            From alarm to ticket comment: what broke, how bad, why, what changed, what to do.

            Examples:
              aiops demo                              recorded incidents in, ticket comments out
              aiops handle event.json --wait          one event through to its comment
              aiops replay recordings/bad-deployment  the pipeline on a recording
              aiops serve                             take events over HTTP and work on them
              aiops ask "5xx by endpoint this week against last"

            Exit codes: 0 done, 1 our fault, 2 wrong command line, 3 input not understood, 4 not found, 5 state folder
            in use or damaged, 6 not done in time.
            """)
        {
            DemoCommand.Create(environment),
            HandleCommand.Create(environment),
            ReplayCommand.Create(environment),
            ImportCommand.Create(environment),
            RecordCommand.Create(environment),
            SimulateCommand.Create(environment),
            ServeCommand.Create(environment),
            IncidentsCommand.Create(environment),
            ExplainCommand.Create(environment),
            ReasonCommand.Create(environment),
            ActionsCommand.Create(environment),
            QueueCommand.Create(environment),
            KbCommand.Create(environment),
            AskCommand.Create(environment),
            EvaluateCommand.Create(environment),
            McpCommand.Create(environment),
            DoctorCommand.Create(environment),
            DeployCheckCommand.Create(environment),
        };
        root.Options.Add(CommonOptions.Json);
        root.Options.Add(CommonOptions.State);
        root.Options.Add(CommonOptions.Stack);
        return root;
    }
}
