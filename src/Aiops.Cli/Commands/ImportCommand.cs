using System.CommandLine;
using Aiops.Cli.Output;
using Aiops.Local.Import;
using Aiops.Local.Recordings;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops import petshop|nezha DIR</c>: recordings out of labelled public data.</summary>
internal static class ImportCommand
{
    private static readonly IRecordingImporter[] Importers = [new PetshopImporter(), new NezhaImporter()];

    private static readonly Argument<string> Directory = new("DIR") { Description = "The folder of the data set." };
    private static readonly Option<string> Into = new("--out")
    {
        Description = "Where the recordings go, a folder each.",
        DefaultValueFactory = _ => "recordings-imported",
    };

    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command(
            "import",
            """
            Makes recordings of somebody else's data, a recording a case. Labels go to the manifest's truth and nowhere else.

            Example: aiops import petshop ~/petshop --out /tmp/petshop && aiops replay /tmp/petshop/*
            """);
        foreach (var importer in Importers)
        {
            var one = new Command(importer.Name, $"Imports the {importer.Name} data set.") { Directory, Into };
            one.SetAction((parsed, ct) => RunAsync(importer, parsed, environment, ct));
            command.Add(one);
        }

        return command;
    }

    private static async Task<int> RunAsync(
        IRecordingImporter importer, ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var from = environment.PathOf(parsed.GetValue(Directory)!);
        var into = environment.PathOf(parsed.GetValue(Into)!);
        List<ImportedLine> done = [];
        await foreach (var imported in importer.ImportAsync(from, name => new FolderFiles(Path.Combine(into, name)), cancellationToken))
        {
            done.Add(new ImportedLine(imported.Name, Path.Combine(into, imported.Name), imported.Gaps));
            if (!parsed.GetValue(CommonOptions.Json))
            {
                environment.Output.WriteLine($"{imported.Name}{(imported.Gaps.Count > 0 ? $"  ({imported.Gaps.Count} gaps)" : "")}");
            }
        }

        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson(done, CliJson.Default.ListImportedLine);
        }

        environment.Output.WriteLine($"{done.Count} recordings in {into}; run them with: aiops replay {into}/*");
        return ExitCodes.Ok;
    }
}

internal sealed record ImportedLine(string Name, string Path, IReadOnlyList<string> Gaps);
