using System.CommandLine;
using Aiops.Cli.Stores;
using Aiops.Local.Hosting;
using Aiops.Pipeline.Reason.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Cli.Commands;

/// <summary>What every command understands.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json { get; } = new("--json") { Description = "Print JSON and nothing else.", Recursive = true };

    public static Option<string?> State { get; } = new("--state")
    {
        Description = "The folder that keeps queue, incidents, tickets and reports (default: $AIOPS_STATE, else .aiops here).",
        Recursive = true,
    };

    public static Option<string?> Telemetry { get; } = new("--telemetry") { Description = "A recording to take telemetry from." };

    public static Option<string?> Maintenance { get; } = new("--maintenance") { Description = "A JSON file of maintenance windows (docs/maintenance.md)." };

    public static Option<string?> Tickets { get; } = new("--tickets")
    {
        Description = "A JSON file that names a ticket system and chats to write to besides the folder (docs/tickets.md; default: $AIOPS_TICKETS).",
    };

    public static Option<string?> Actions { get; } = new("--actions")
    {
        Description = "A JSON file of the actions that may be run once approved (docs/actions.md; default: $AIOPS_ACTIONS, else none).",
    };

    public static Option<string?> Model { get; } = new("--model")
    {
        Description = "A JSON file that names a language model to explain what the figures decided (docs/model.md; default: $AIOPS_MODEL, else none).",
    };

    public static Option<int> Settle { get; } = new("--settle")
    {
        Description = "Seconds that an incident settles before it is analysed, from its first event on.",
        DefaultValueFactory = _ => 60,
    };

    public static Option<string?> Stack { get; } = new("--stack")
    {
        Description = "Work on a deployed stack's stores instead of a folder's: its name, in the account and Region of the AWS environment.",
        Recursive = true,
    };

    /// <summary>The stores that a command for people works on.</summary>
    public static async Task<IHostStores> OpenStoresAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
        => parsed.GetValue(Stack) is { } stack
            ? await StackStores.OpenAsync(stack, environment, cancellationToken)
            : new LocalStores(await OpenHostAsync(parsed, environment, cancellationToken));

    // The variable is meant for what works on incidents, not for whoever looks at them.
    private static string? TicketsFile(ParseResult parsed)
        => !parsed.CommandResult.Command.Options.Contains(Tickets) ? null
            : parsed.GetValue(Tickets) ?? (Environment.GetEnvironmentVariable("AIOPS_TICKETS") is { Length: > 0 } file ? file : null);

    public static string StateFolder(ParseResult parsed, CommandEnvironment environment)
        => environment.PathOf(parsed.GetValue(State) ?? Environment.GetEnvironmentVariable("AIOPS_STATE") ?? ".aiops");

    /// <summary>The allow-list; null: nothing may be run.</summary>
    public static string? ActionsFile(ParseResult parsed, CommandEnvironment environment)
        => (parsed.GetValue(Actions) ?? Environment.GetEnvironmentVariable("AIOPS_ACTIONS")) is { Length: > 0 } file ? environment.PathOf(file) : null;

    /// <summary>The model that the command line or the environment names; null: the figures decide alone.</summary>
    /// <exception cref="ModelSettingsException">Its file says what can't be used.</exception>
    public static ModelAccess? OpenModel(ParseResult parsed, CommandEnvironment environment)
        => !parsed.CommandResult.Command.Options.Contains(Model) ? null
            : (parsed.GetValue(Model) ?? Environment.GetEnvironmentVariable("AIOPS_MODEL")) is { Length: > 0 } file
                ? ModelFile.Open(environment.PathOf(file), environment)
                : null;

    /// <summary>The embedded host as the command line describes it, silent.</summary>
    public static Task<LocalHost> OpenHostAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
        => OpenHostAsync(parsed, environment, NullLoggerFactory.Instance, cancellationToken);

    public static Task<LocalHost> OpenHostAsync(
        ParseResult parsed, CommandEnvironment environment, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Stack) is not null)
        {
            throw new UserErrorException(ExitCodes.Usage, "This command works on this machine alone.", "--stack is for incidents, explain, queue, kb, ask, mcp and serve.");
        }

        var telemetry = parsed.GetValue(Telemetry);
        var maintenance = parsed.GetValue(Maintenance);
        var options = new LocalHostOptions
        {
            StateFolder = StateFolder(parsed, environment),
            Telemetry = telemetry is null ? null : ReplayCommand.OpenRecording(environment.PathOf(telemetry)),
            ActionsFile = ActionsFile(parsed, environment),
            MaintenanceFile = maintenance is null ? null : environment.PathOf(maintenance),
            Foreign = TicketsFile(parsed) is { } tickets ? ForeignFile.Open(environment.PathOf(tickets), environment) : null,
            Model = OpenModel(parsed, environment),
            Settle = TimeSpan.FromSeconds(parsed.GetValue(Settle)),
        };
        return LocalHost.OpenAsync(options, environment.Time, loggers, cancellationToken);
    }
}
