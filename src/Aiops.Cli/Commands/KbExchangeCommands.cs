using System.CommandLine;
using Aiops.Cli.Output;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Exchange;

namespace Aiops.Cli.Commands;

/// <summary><c>aiops kb export|import</c>: what is known as Markdown files, to be reviewed in git and carried elsewhere.</summary>
internal static class KbExchangeCommands
{
    private const int MostFiles = 200_000;

    private static readonly Argument<string> Folder = new("DIR") { Description = "A folder; created where it isn't there." };
    private static readonly Argument<string> Path = new("PATH") { Description = "A file or folder that an export wrote." };
    private static readonly Option<bool> Replace = new("--replace") { Description = "Overwrite what was changed or taken back here since the export." };

    public static IEnumerable<Command> Create(CommandEnvironment environment)
    {
        var export = new Command("export", "Writes each case and each document that stands as a Markdown file with front matter.") { Folder };
        export.SetAction((parsed, ct) => ExportAsync(parsed, environment, ct));
        var import = new Command("import", "Reads such files back, all of them or none.") { Path, Replace };
        import.SetAction((parsed, ct) => ImportAsync(parsed, environment, ct));
        return [export, import];
    }

    private static async Task<int> ExportAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var folder = environment.PathOf(parsed.GetValue(Folder)!);
        await using var stores = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        var cases = await stores.Cases.SnapshotAsync(stores.KnowledgeScope, cancellationToken);
        var documents = await stores.Runbooks.SnapshotAsync(stores.KnowledgeScope, cancellationToken);
        var files = cases.Records.Where(one => one.Status == CaseStatus.Current)
            .Select(one => (Name: CaseFile.NameOf(one.Case.IncidentId), Text: CaseFile.Write(one.Case, one.Version)))
            .Concat(documents.Records.Where(one => one.Status == CaseStatus.Current)
                .Select(one => (Name: DocumentFile.NameOf(one.Document.Id), Text: DocumentFile.Write(one.Document, one.Version))))
            .ToDictionary(file => System.IO.Path.Combine(folder, file.Name), file => file.Text, StringComparer.Ordinal);
        await RemoveOldAsync(folder, files.Keys, cancellationToken);
        foreach (var (file, text) in files)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text, cancellationToken);
        }

        return environment.PrintCount("exported", files.Count, parsed);
    }

    // What was revoked since an earlier export goes; a file that isn't ours stays whatever its name.
    private static async Task RemoveOldAsync(string folder, IEnumerable<string> written, CancellationToken cancellationToken)
    {
        var kept = written.ToHashSet(StringComparer.Ordinal);
        foreach (var (part, first) in new[] { ("cases", "incident:"), ("documents", "document:") })
        {
            var below = System.IO.Path.Combine(folder, part);
            foreach (var (_, file) in Directory.Exists(below) ? KnowledgeFiles.Below(below, MostFiles) : [])
            {
                if (!kept.Contains(file) && (await File.ReadAllTextAsync(file, cancellationToken)).StartsWith($"---\n{first}", StringComparison.Ordinal))
                {
                    File.Delete(file);
                }
            }
        }
    }

    private static async Task<int> ImportAsync(ParseResult parsed, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        List<(string, byte[])> files = [];
        foreach (var (_, file) in KnowledgeFiles.Below(environment.PathOf(parsed.GetValue(Path)!), MostFiles))
        {
            files.Add((file, await File.ReadAllBytesAsync(file, cancellationToken)));
        }

        await using var stores = await CommonOptions.OpenStoresAsync(parsed, environment, cancellationToken);
        var plan = KnowledgeImport.Plan(
            files,
            await stores.Cases.SnapshotAsync(stores.KnowledgeScope, cancellationToken),
            await stores.Runbooks.SnapshotAsync(stores.KnowledgeScope, cancellationToken),
            parsed.GetValue(Replace));
        if (plan.Conflicts.Count > 0)
        {
            var told = plan.Conflicts.Take(20).Select(one => one.Status == CaseStatus.Revoked
                ? $"{one.Path}: the {one.What} was taken back here."
                : $"{one.Path}: the {one.What} is of version {one.Here} here, and the file of version {one.InFile}.");
            throw new UserErrorException(
                ExitCodes.BadInput, $"Nothing was imported: {plan.Conflicts.Count} were changed here since the export.\n{string.Join('\n', told)}",
                "Export again and put your changes there, or overwrite what is here with --replace.");
        }

        var change = KbCommand.ChangeBy(environment, ChangeOrigin.Import);
        await stores.Cases.RecordAsync(stores.KnowledgeScope, plan.Cases, change, cancellationToken);
        await stores.Runbooks.AddAsync(stores.KnowledgeScope, plan.Documents, change, cancellationToken);
        return environment.PrintCount("imported", plan.Cases.Count + plan.Documents.Count, parsed);
    }
}
