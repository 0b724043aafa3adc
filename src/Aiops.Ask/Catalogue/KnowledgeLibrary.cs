using Aiops.Ask.Glossary;
using Aiops.Ask.TrustedAnswers;
using Aiops.Pipeline.Recommend;

namespace Aiops.Ask.Catalogue;

/// <summary>What is known before a question is asked: tables, words, and questions with trusted answers.</summary>
public sealed record KnowledgeLibrary(IReadOnlyList<CatalogueTable> Tables, IReadOnlyList<Term> Terms, IReadOnlyList<TrustedPair> Pairs)
{
    private static readonly Lazy<KnowledgeLibrary> Built = new(ReadShipped);

    /// <summary>What comes with the command.</summary>
    public static KnowledgeLibrary Shipped => Built.Value;

    /// <summary>What ships and the .yaml files of a folder; a table, term or pair of the folder replaces one that ships under its name.</summary>
    /// <exception cref="KnowledgeException">A file can't be read; every problem is named with its line.</exception>
    public static KnowledgeLibrary WithFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new KnowledgeException([new PlaybookProblem(folder, 0, "There is no such folder.", "Name a folder of .yaml files; docs/ask.md has the format.")]);
        }

        var added = Read(Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllText(file))));
        return new KnowledgeLibrary(
            Over(added.Tables, Shipped.Tables, table => table.Name),
            Over(added.Terms, Shipped.Terms, term => term.Name),
            Over(added.Pairs, Shipped.Pairs, pair => pair.Id));
    }

    private static KnowledgeLibrary ReadShipped()
    {
        var assembly = typeof(KnowledgeLibrary).Assembly;
        return Read(assembly.GetManifestResourceNames().Where(name => name.StartsWith("knowledge/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return (name, text.ReadToEnd());
        }));
    }

    internal static KnowledgeLibrary Read(IEnumerable<(string File, string Yaml)> files)
    {
        List<PlaybookProblem> problems = [];
        var read = files.Select(file => KnowledgeReader.Read(file.File, file.Yaml, problems)).ToList();
        var library = new KnowledgeLibrary([.. read.SelectMany(one => one.Tables)], [.. read.SelectMany(one => one.Terms)], [.. read.SelectMany(one => one.Pairs)]);
        foreach (var twice in library.Pairs.GroupBy(pair => pair.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            problems.Add(new PlaybookProblem(twice.Last().File, 0, $"The id “{twice.Key}” is there twice.", "Give each pair an id of its own."));
        }

        return problems.Count == 0 ? library : throw new KnowledgeException(problems);
    }

    private static List<T> Over<T>(IReadOnlyList<T> added, IReadOnlyList<T> shipped, Func<T, string> name)
    {
        var names = added.Select(name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. shipped.Where(one => !names.Contains(name(one))), .. added];
    }
}

/// <summary>Knowledge files that can't be read.</summary>
public sealed class KnowledgeException(IReadOnlyList<PlaybookProblem> problems)
    : Exception(string.Join("\n", problems.Select(problem => $"{problem.File}:{problem.Line}: {problem.Message} {problem.Remedy}")));
