using System.CommandLine;
using Aiops.Cli.Output;
using Aiops.Simulator;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops simulate</c>: writes the demo's recordings anew, byte for byte, and says that they are simulated.</summary>
internal static class SimulateCommand
{
    private static readonly Option<string> Into = new("--out")
    {
        Description = "Where the recordings go, a folder each.",
        DefaultValueFactory = _ => "recordings",
    };

    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command("simulate", "Writes the five simulated recordings of the demo anew: the same seeds, the same bytes.") { Into };
        command.SetAction(async (parsed, ct) =>
        {
            var into = environment.PathOf(parsed.GetValue(Into)!);
            await DemoRecordings.WriteAllAsync(into, ct);
            return environment.PrintCount("written", DemoRecordings.All.Count, parsed);
        });
        return command;
    }
}
