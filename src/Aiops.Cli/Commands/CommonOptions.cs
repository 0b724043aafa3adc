using System.CommandLine;

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

    public static string StateFolder(ParseResult parsed, CommandEnvironment environment)
        => Path.GetFullPath(
            parsed.GetValue(State) ?? Environment.GetEnvironmentVariable("AIOPS_STATE") ?? ".aiops",
            environment.CurrentDirectory);
}
