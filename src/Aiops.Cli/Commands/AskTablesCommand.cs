using System.CommandLine;
using Aiops.Cli.Ask;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops ask tables</c>: what can be asked about, and how much of it there is.</summary>
internal static class AskTablesCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command("tables", "Lists the tables and columns that questions are answered from.");
        foreach (var option in AskOptions.All)
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, ct) => RunAsync(parsed, environment, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var stores = await AskStores.OpenAsync(parsed, environment, cancellationToken);
        using var data = await AskOptions.OpenAsync(parsed, AskOptions.ReadKnowledge(parsed, environment), stores, environment, cancellationToken);
        if (parsed.GetValue(CommonOptions.Json))
        {
            environment.Output.WriteLine(CatalogueJson.Of(data.Tables).ToJsonString());
            return ExitCodes.Ok;
        }

        foreach (var (table, rows) in data.Tables)
        {
            environment.Console.MarkupLineInterpolated($"[bold]{table.Name}[/] [grey]({rows:N0} rows)[/] {table.Description}");
            foreach (var column in table.Columns)
            {
                environment.Console.MarkupLineInterpolated($"  {column.Name} [grey]{column.Type}[/] {column.Description}{(column.Unit is { } unit ? $" [[{unit}]]" : "")}");
            }
        }

        return ExitCodes.Ok;
    }
}
