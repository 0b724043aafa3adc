using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn.Documents;

namespace Aiops.Pipeline.Learn.Exchange;

/// <summary>What importing files would change here; nothing is changed by planning it.</summary>
public sealed record KnowledgeImport
{
    /// <summary>To be written: new here, or another text for what is here.</summary>
    public required IReadOnlyList<PastCase> Cases { get; init; }

    public required IReadOnlyList<KnowledgeDocument> Documents { get; init; }

    /// <summary>Files that say what is here already.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Changed here since they were exported, in the files' order; written only where that is asked for.</summary>
    public required IReadOnlyList<ImportConflict> Conflicts { get; init; }

    /// <exception cref="ImportRefusedException">A file can't be read, or two speak of the same.</exception>
    /// <param name="files">Path and content.</param>
    /// <param name="replace">Whether what was changed here meanwhile is overwritten.</param>
    public static KnowledgeImport Plan(IEnumerable<(string Path, byte[] Content)> files, CaseSnapshot cases, DocumentSnapshot documents, bool replace)
    {
        List<string> problems = [];
        List<ImportConflict> conflicts = [];
        Dictionary<string, string> seen = new(StringComparer.Ordinal);
        var knownCases = cases.Records.ToDictionary(record => record.Case.IncidentId, StringComparer.Ordinal);
        var knownDocuments = documents.Records.ToDictionary(record => record.Document.Id, StringComparer.Ordinal);
        List<PastCase> newCases = [];
        List<KnowledgeDocument> newDocuments = [];
        var unchanged = 0;
        foreach (var (path, content) in files)
        {
            try
            {
                var text = DocumentFile.TextOf(content);
                if (IsDocument(text))
                {
                    var file = DocumentFile.Read(text);
                    var known = knownDocuments.GetValueOrDefault(file.Document.Id);
                    Take(path, $"document {file.Document.Id}", file.Version, known is null ? null : (known.Version, known.Status), known?.Document == file.Document, () => newDocuments.Add(file.Document));
                }
                else
                {
                    var file = CaseFile.Read(text);
                    var known = knownCases.GetValueOrDefault(file.Case.IncidentId);
                    Take(
                        path, $"case {file.Case.IncidentId}", file.Version, known is null ? null : (known.Version, known.Status),
                        known is not null && CaseJson.Same(known.Case, file.Case), () => newCases.Add(file.Case));
                }
            }
            catch (KnowledgeFileException e)
            {
                problems.Add($"{path}:{e.Line}: {e.Problem} {e.Remedy}");
            }
        }

        return problems.Count > 0
            ? throw new ImportRefusedException(problems)
            : new KnowledgeImport { Cases = newCases, Documents = newDocuments, Unchanged = unchanged, Conflicts = conflicts };

        void Take(string path, string what, long version, (long Version, CaseStatus Status)? known, bool same, Action add)
        {
            if (!seen.TryAdd(what, path))
            {
                problems.Add($"{path}:1: {seen[what]} holds the {what} as well. Keep one of them.");
            }
            else if (same && known!.Value.Status == CaseStatus.Current)
            {
                unchanged++;
            }
            else if (known is { } here && !replace && (here.Version > version || here.Status == CaseStatus.Revoked))
            {
                conflicts.Add(new ImportConflict(path, what, here.Version, version, here.Status));
            }
            else
            {
                add();
            }
        }
    }

    private static bool IsDocument(string text) => text.StartsWith("---\ndocument:", StringComparison.Ordinal);
}

/// <param name="What"><c>case INC-1</c>, <c>document db/pool.md</c>.</param>
/// <param name="Here">The version that stands here.</param>
/// <param name="InFile">The version that the file was written from.</param>
public sealed record ImportConflict(string Path, string What, long Here, long InFile, CaseStatus Status);

/// <summary>Nothing was imported: each problem names its file, its line and what to do.</summary>
public sealed class ImportRefusedException(IReadOnlyList<string> problems)
    : Exception($"Nothing was imported: {problems.Count} of the files can't be.\n{string.Join('\n', problems.Take(MostTold))}{(problems.Count > MostTold ? $"\n… and {problems.Count - MostTold} more" : "")}")
{
    private const int MostTold = 20;

    public IReadOnlyList<string> Problems => problems;
}
