using System.CommandLine;
using Aiops.Cli.Output;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Documents;
using Aiops.Pipeline.Learn.Exchange;
using Spectre.Console;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops kb add|remove|documents</c>: runbooks and post-mortems in Markdown.</summary>
internal static class KbDocumentCommands
{
    /// <summary>Files of one call: a whole wiki belongs into a search engine.</summary>
    public const int MostFiles = 1_000;

    private static readonly Argument<string> Path = new("PATH") { Description = "A Markdown file, or a folder of which every *.md below is taken." };
    private static readonly Argument<string> Id = new("DOCUMENT") { Description = "The document's id, as `aiops kb documents` shows it." };

    public static IEnumerable<Command> Create(CommandEnvironment environment)
    {
        var add = new Command("add", "Adds runbooks and post-mortems; added again, a changed one is a new version.") { Path };
        add.SetAction((parsed, ct) => AddAsync(parsed, environment, ct));
        var remove = new Command("remove", "Takes a document out: it answers nothing any more.") { Id };
        remove.SetAction((parsed, ct) => RemoveAsync(parsed, environment, ct));
        var documents = new Command("documents", "Runbooks and post-mortems, removed ones included.");
        documents.SetAction((parsed, ct) => ListAsync(parsed, environment, ct));
        return [add, remove, documents];
    }

    private static async Task<int> AddAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        List<KnowledgeDocument> read = [];
        List<string> problems = [];
        foreach (var (id, file) in KnowledgeFiles.Below(environment.PathOf(parsed.GetValue(Path)!), MostFiles))
        {
            try
            {
                KnowledgeFiles.RefuseLarge(file);
                read.Add(DocumentFile.OfMarkdown(id, await File.ReadAllBytesAsync(file, cancellationToken)));
            }
            catch (KnowledgeFileException e)
            {
                problems.Add($"{file}:{e.Line}: {e.Problem} {e.Remedy}");
            }
        }

        if (problems.Count > 0)
        {
            throw new UserErrorException(ExitCodes.BadInput, $"Nothing was added.\n{string.Join('\n', problems)}", "");
        }

        await using var stores = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        var before = (await stores.Runbooks.SnapshotAsync(stores.KnowledgeScope, cancellationToken)).Records.ToDictionary(one => one.Document.Id, one => one.Version);
        var after = await stores.Runbooks.AddAsync(stores.KnowledgeScope, read, KbCommand.ChangeBy(environment, ChangeOrigin.Import), cancellationToken);
        return environment.PrintCount("added", after.Count(one => one.Version > before.GetValueOrDefault(one.Document.Id)), parsed);
    }

    private static async Task<int> RemoveAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var stores = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        return await stores.Runbooks.RemoveAsync(
            stores.KnowledgeScope, parsed.GetValue(Id)!, KbCommand.ChangeBy(environment, ChangeOrigin.Revocation), cancellationToken) is null
            ? throw new UserErrorException(ExitCodes.NotFound, $"There is no document {parsed.GetValue(Id)}.", "`aiops kb documents` shows them.")
            : environment.PrintCount("removed", 1, parsed);
    }

    private static async Task<int> ListAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using var stores = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        var all = (await stores.Runbooks.SnapshotAsync(stores.KnowledgeScope, cancellationToken)).Records;
        if (parsed.GetValue(CommonOptions.Json))
        {
            return environment.PrintJson([.. all], CliJson.Default.ListDocumentRecord);
        }

        var table = new Table().AddColumns("document", "status", "version", "by", "title").Border(TableBorder.Rounded);
        foreach (var one in all)
        {
            table.AddRow(
                KbCommand.Line(one.Document.Id), one.Status.ToString().ToLowerInvariant(), $"{one.Version}", KbCommand.Line(one.Change?.By), KbCommand.Line(one.Document.Title));
        }

        environment.Console.Write(table);
        return ExitCodes.Ok;
    }
}
